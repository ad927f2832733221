//! What several operations about agencies do alike (共用步骤).

use entities::{account, agency, role_assignment};
use kernel::mail::Letter;
use kernel::policy::ScopeKind;
use kernel::{Fault, Lang, Pii, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QueryTrait as _};
use sea_orm::{DbErr, QuerySelect as _, SqlErr};
use uuid::Uuid;

use crate::agencies::events::{AgencyChanged, LicenceChanged};
use crate::agencies::rules::identity::{Identity, codes};
use crate::operations::shared::write_to;

/// The role of those who keep an agency's papers.
const MANAGER: &str = "agency_manager";

/// Which part of an agency is saved (保存对象): a new one, or a known one under its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// The id of a known one.
    pub id: Option<Uuid>,
    /// The version it was read at.
    pub version: Option<i32>,
}

impl Which {
    /// The version the part will have; the one it has, where somebody else was faster. What is kept was read once the agency
    /// was held.
    pub(super) fn next(self, kept: Option<i32>) -> Result<i32, i32> {
        match (self.id, kept) {
            (Some(_), Some(kept)) if self.version == Some(kept) => Ok(kept + 1),
            (Some(_), Some(kept)) => Err(kept),
            _ => Ok(1),
        }
    }
}

/// The columns that a form decides; who answers for the agency and its version are not among them.
pub(super) fn columns(identity: &Identity) -> agency::ActiveModel {
    agency::ActiveModel {
        name: Set(identity.name.clone()),
        uscc: Set(identity.uscc.clone()),
        county: Set(identity.county.clone()),
        issuer: Set(Some(identity.issuer.clone())),
        scope: Set(codes(&identity.scope)),
        issued_on: Set(Some(identity.issued_on)),
        expires_on: Set(identity.expires_on),
        id: NotSet,
        ..agency::ActiveModel::default()
    }
}

/// Says that an agency changed here: the other stores are told, and whoever publishes under its licence asks again.
pub(super) fn announce(tx: &Tx, id: Uuid) -> Result<(), Fault> {
    tx.announce(&AgencyChanged { id })?;
    tx.announce(&LicenceChanged { id })
}

/// Was it there already, when two wrote it down at one moment?
pub(super) fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Writes to those who keep this agency's papers.
pub(super) async fn tell_managers(
    tx: &Tx,
    agency: Uuid,
    letter: impl Fn(Pii<String>, Lang) -> Letter,
) -> Result<(), Fault> {
    let today = tx.ctx().today();
    let holds = role_assignment::Entity::find()
        .select_only()
        .column(role_assignment::Column::AccountId)
        .filter(role_assignment::Column::Role.eq(MANAGER))
        .filter(role_assignment::Column::ScopeKind.eq(ScopeKind::Agency.name()))
        .filter(role_assignment::Column::ScopeKey.eq(agency.to_string()))
        .filter(
            Condition::any()
                .add(role_assignment::Column::ValidUntil.is_null())
                .add(role_assignment::Column::ValidUntil.gte(today)),
        )
        .into_query();
    let managers = account::Entity::find()
        .filter(account::Column::Status.eq("ACTIVE"))
        .filter(account::Column::Id.in_subquery(holds))
        .order_by_asc(account::Column::Id)
        .all(tx)
        .await?;
    for manager in managers {
        write_to(tx, &manager, |to, lang, _| letter(to, lang)).await?;
    }
    Ok(())
}

/// Who answers for an agency, where it is not this store (登记机关).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotOurs {
    /// Nobody: it is only heard of.
    HeardOf,
    /// The store of this code.
    Elsewhere(String),
}

/// Does this store answer for what the agency is? The province does for all that are registered.
pub(super) fn ours(row: &agency::Model, here: &str) -> Result<(), NotOurs> {
    match row.home.as_deref() {
        None => Err(NotOurs::HeardOf),
        Some(home) if home == here || here == kernel::store::PLATFORM => Ok(()),
        Some(home) => Err(NotOurs::Elsewhere(home.to_owned())),
    }
}

/// The refusals of an operation that takes a form of an agency: its own, and those of the form.
macro_rules! refusals_of_form {
    ($(#[$doc:meta])* pub $name:ident => $object:ident, $codes:ident { $($own:tt)* }) => {
        kernel::refusals! {
            $(#[$doc])*
            pub $name => $object, $codes {
                $($own)*
                /// No name.
                NameMissing { limit: usize } @ "input.name":
                    "请填写机构名称，不超过 {limit} 个字。" / "Enter the agency's name, in at most {limit} characters.",
                /// Not a unified social credit code.
                UsccInvalid { zh: String, en: String } @ "input.uscc": "请核对统一社会信用代码：{zh}。" / "Look at the code again: {en}.",
                /// Not a county of this city.
                CountyInvalid { zh: String, en: String } @ "input.county": "{zh}" / "{en}",
                /// No issuer.
                IssuerMissing { limit: usize } @ "input.issuer":
                    "请填写发证机关，不超过 {limit} 个字。" / "Enter the organ that issued the licence, in at most {limit} characters.",
                /// Licensed for nothing.
                ScopeMissing @ "input.scope": "请至少选择一项业务范围。" / "Choose at least one thing that it is licensed for.",
                /// Issued on a day to come.
                IssuedInFuture @ "input.issuedOn": "发证日期不能晚于今天。" / "The licence cannot be issued later than today.",
                /// Good for less than a day.
                ExpiresBeforeIssue @ "input.expiresOn":
                    "有效期不能早于发证日期。" / "The last day cannot be before the day of issue.",
            }
        }

        impl From<$crate::agencies::rules::identity::Flaw> for $name {
            fn from(flaw: $crate::agencies::rules::identity::Flaw) -> Self {
                use $crate::agencies::rules::identity::{Flaw, NAME};
                match flaw {
                    Flaw::Name => Self::NameMissing { limit: NAME },
                    Flaw::Uscc(zh, en) => Self::UsccInvalid { zh: zh.to_owned(), en },
                    Flaw::County(flaw) => Self::CountyInvalid { zh: flaw.zh(), en: flaw.en() },
                    Flaw::Issuer => Self::IssuerMissing { limit: NAME },
                    Flaw::Nothing => Self::ScopeMissing,
                    Flaw::IssuedInFuture => Self::IssuedInFuture,
                    Flaw::ExpiresBeforeIssue => Self::ExpiresBeforeIssue,
                }
            }
        }
    };
}
pub(super) use refusals_of_form;
