//! Text messages to hiring parties (短信): that one may not hire at present. Why stands in its own file.

use entities::hiring_party;
use kernel::sms::Message;
use kernel::{Fault, Lang, Tx};

use super::store::party::TABLE;

/// What a party is told (通知内容).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It is verified no more.
    Doubted,
    /// It is suspended.
    Suspended,
}

impl News {
    const fn template(self) -> &'static str {
        match self {
            Self::Doubted => "parties.doubted",
            Self::Suspended => "parties.suspended",
        }
    }

    fn text(self, lang: Lang, party: &str) -> String {
        match (self, lang) {
            (Self::Doubted, Lang::Zh) => format!(
                "“{party}”有核验事项未通过，已撤销“已核验”标识和快速发布通道，已发布的招聘停止。请登录平台或到登记窗口查看原因并补正，重新核验后可继续招聘。"
            ),
            (Self::Doubted, Lang::En) => format!(
                "A step of the verification of \"{party}\" failed: it is verified no more, the fast lane is gone and its postings are closed. See why on the platform or at the counter; it may hire again once it is verified anew."
            ),
            (Self::Suspended, Lang::Zh) => {
                format!("“{party}”已被暂停用工，快速发布通道取消，已发布的招聘停止。请登录平台或到登记窗口查看原因。")
            }
            (Self::Suspended, Lang::En) => format!(
                "\"{party}\" is suspended: the fast lane is gone and its postings are closed. See why on the platform or at the counter."
            ),
        }
    }
}

/// Tells whoever is called for the party (短信通知). Who has no mobile telephone reads it at the counter.
pub async fn tell(tx: &Tx, party: &hiring_party::Model, news: News) -> Result<(), Fault> {
    let to = tx.ctx().keys().await?.open(TABLE, "contact_phone", party.id, &party.contact_phone)?;
    let lang = Lang::Zh;
    let text = news.text(lang, &party.display_name).into();
    let message = Message::notice(to, news.template(), lang, text).about("HiringParty", party.id);
    tx.sms_to_all(vec![message]).await?;
    Ok(())
}
