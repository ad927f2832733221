//! What must hold before a posting is seen (发布条件), whoever hands it in: the party may hire, the licence is good, the text was not
//! taken down before, and the linter finds nothing that the law forbids.

use kernel::{Fault, Lang, Tx, Words};

use crate::rules::checking::{self, Read, Said};
use crate::rules::lane::{Lane, Stopped};
use crate::store::place::Ground;
use crate::store::{posting as rows, settings};

/// Why a posting may not be seen (不能发布).
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// The party or the licence stops it.
    Stopped(Stopped),
    /// Its text was taken down.
    TakenDown,
    /// The linter found what the law forbids; everything it found.
    Findings(Vec<Said>),
}

/// A text as far as it is looked at (待发布文本).
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// What the linter reads.
    pub read: Read<'a>,
    /// What finds it again.
    pub key: &'a str,
    /// Where the work is.
    pub county: &'a str,
}

/// Which way the posting goes, or why it goes none.
pub(super) async fn way(tx: &Tx, ground: &Ground, text: &Text<'_>) -> Result<Result<Lane, Unfit>, Fault> {
    let lane = match ground.lane(tx.ctx(), tx, text.county).await? {
        Ok(lane) => lane,
        Err(stopped) => return Ok(Err(Unfit::Stopped(stopped))),
    };
    Ok(clean(tx, text).await?.map(|()| lane))
}

/// Is its text one that may be seen?
pub(super) async fn clean(tx: &Tx, text: &Text<'_>) -> Result<Result<(), Unfit>, Fault> {
    if !rows::taken_down(tx, vec![text.key.to_owned()]).await?.is_empty() {
        return Ok(Err(Unfit::TakenDown));
    }
    let figures = settings::figures(tx).await?.over(text.county, &text.read.shifts);
    let findings = checking::findings(&text.read, &figures);
    if findings.iter().any(Said::blocks) { Ok(Err(Unfit::Findings(findings))) } else { Ok(Ok(())) }
}

/// What blocks among findings, in a sentence of each language.
pub(super) fn told(findings: &[Said]) -> Words {
    let all = |lang: Lang, between: &str| {
        let blocking = findings.iter().filter(|said| said.blocks());
        blocking.map(|said| said.why.get(lang).to_owned()).collect::<Vec<_>>().join(between)
    };
    Words::new(all(Lang::Zh, ""), all(Lang::En, " "))
}

/// Makes a refusal with the reasons for which no posting is seen, and the operation's own.
macro_rules! refusals_of_publishing {
    ($(#[$doc:meta])* pub $name:ident => $object:ident, $codes:ident { $($own:tt)* }) => {
        kernel::refusals! {
            $(#[$doc])*
            pub $name => $object, $codes {
                $($own)*
                /// The hiring party must be verified first.
                NotVerified @ "partyId":
                    "该用工主体尚未核验，请先完成核验再发布（人力资源市场暂行条例第二十六条）。" /
                    "The hiring party is not verified yet; verify it first (Interim Regulations on the Human Resources Market, art 26).",
                /// The hiring party may not hire now.
                PartyBarred { zh: String, en: String } @ "partyId":
                    "该用工主体{zh}，不能发布招聘信息，请先与人社部门联系处理。" /
                    "The hiring party cannot publish: {en}. Ask the bureau first.",
                /// The agency's licence is not good.
                LicenceInvalid { zh: String, en: String } @ "partyId":
                    "发布机构的人力资源服务许可证{zh}，不能发布（人力资源市场暂行条例第十八条）；请先换证并更新登记。" /
                    "The agency's licence is not good: {en} (Interim Regulations on the Human Resources Market, art 18). Renew and register it first.",
                /// The same text was taken down.
                TakenDownBefore @ "duties":
                    "相同内容曾被下架，不能再次发布；如有异议，请联系当地公共就业服务机构复核，确属误下架的予以撤销。" /
                    "The same text was taken down before and is not published again; if you object, ask the public employment service, which lifts what was taken down wrongly.",
                /// The linter found what the law forbids.
                Findings { findings: Vec<crate::rules::checking::Said>, zh: String, en: String } @ "input":
                    "内容不符合规定，请一次改正后再提交：{zh}" / "What the law forbids must be corrected first: {en}",
            }
        }

        crate::rules::lane::refused_as_stopped!($name);

        impl From<crate::operations::publishing::Unfit> for $name {
            fn from(unfit: crate::operations::publishing::Unfit) -> Self {
                use crate::operations::publishing::{Unfit, told};
                match unfit {
                    Unfit::Stopped(stopped) => stopped.into(),
                    Unfit::TakenDown => Self::TakenDownBefore,
                    Unfit::Findings(findings) => {
                        let words = told(&findings);
                        Self::Findings { findings, zh: words.zh, en: words.en }
                    }
                }
            }
        }

        impl $name {
            /// What the linter found, where that is the reason.
            #[must_use]
            pub fn findings(&self) -> &[crate::rules::checking::Said] {
                match self {
                    Self::Findings { findings, .. } => findings,
                    _ => &[],
                }
            }
        }
    };
}
pub(crate) use refusals_of_publishing;
