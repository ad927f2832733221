//! Who asks, as they see themselves.

use async_graphql::SimpleObject;

use super::{Account, City, Session};

/// Who is signed in (当前用户).
#[derive(Clone, Debug, SimpleObject)]
pub struct Viewer {
    /// The account (账号).
    pub account: Account,
    /// The names of what it may do somewhere, sorted; empty until what is due first is done (有效权限).
    pub permissions: Vec<String>,
    /// The session (会话).
    pub session: Session,
    /// Must it enrol a second factor first (是否须先绑定动态口令)?
    pub must_enrol_totp: bool,
    /// Must it choose a new password first (是否须先修改口令)?
    pub must_change_password: bool,
    /// Where it is signed in (所在租户).
    pub tenant: City,
}
