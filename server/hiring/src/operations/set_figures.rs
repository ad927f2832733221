//! Setting what postings are held to (设置招聘信息标准).

use kernel::{Ctx, Once, Outcome, Place, Stop};
use uuid::Uuid;

use crate::forms::PostingFiguresInput;
use crate::policy;
use crate::rules::figures::{Figures, MOST, Wrong, check};
use crate::store::settings;

kernel::refusals! {
    /// Why the figures were not set (不予设置).
    pub SetPostingFigures => SetPostingFiguresReason, SetPostingFiguresRefusalCode {
        /// Someone else changed them.
        Conflict { current: i32 } @ "version":
            "标准已被他人修改（现为第 {current} 版），请核对后再保存。" /
            "Someone else changed the figures (now version {current}); look at them and save again.",
        /// The target of review.
        ReviewMinutes @ "input.reviewMinutes":
            "审核时限应为 5 分钟至 7 天（10080 分钟）。" / "The target of review is from 5 minutes to seven days (10,080 minutes).",
        /// The days after which a posting is stale.
        StaleDays @ "input.staleDays": "信息失鲜天数应为 1—90 天。" / "A posting is stale after 1 to 90 days.",
        /// More lines than are kept.
        TooMany { most: usize } @ "input.minimumWages":
            "最低工资标准最多 {most} 条，请删去早已失效的。" / "At most {most} minimum wages are kept; leave out those long over.",
        /// A line that cannot be.
        Line { row: usize } @ "input.minimumWages":
            "第 {row} 条最低工资标准有误：请至少填写小时或月标准之一，区县须属本市，并注明依据文件。" /
            "Minimum wage {row} cannot be: give an hourly or a monthly figure, a county of this city, and the document.",
        /// Two lines that say the same.
        Double { row: usize } @ "input.minimumWages":
            "第 {row} 条最低工资标准与前面一条的区县和生效日期相同，请合并。" /
            "Minimum wage {row} has the county and day of one before it; make one of them.",
    }
}

impl From<Wrong> for SetPostingFigures {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::ReviewMinutes => Self::ReviewMinutes,
            Wrong::StaleDays => Self::StaleDays,
            Wrong::TooMany => Self::TooMany { most: MOST },
            Wrong::Line(row) => Self::Line { row },
            Wrong::Double(row) => Self::Double { row },
        }
    }
}

/// Sets what postings are held to in the city (设置招聘信息标准): all of it, under the version that was seen.
pub async fn set_figures(
    ctx: &Ctx,
    version: i32,
    input: PostingFiguresInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetPostingFigures>> {
    ctx.transact_once(&policy::SETTINGS, once, |tx| async move {
        tx.authorize(&policy::SETTINGS, &Place::city()).await?;
        check(&input, &tx.ctx().tenant().code).map_err(|wrong| Stop::Refused(wrong.into()))?;
        let kept = settings::figures(&tx).await?;
        if kept.version != version {
            return Err(Stop::Refused(SetPostingFigures::Conflict { current: kept.version }));
        }
        let figures = Figures {
            version: version + 1,
            minimum_wages: input.minimum_wages,
            review_minutes: input.review_minutes,
            stale_days: input.stale_days,
        };
        settings::keep(&tx, &figures).await?;
        tx.note("version", figures.version);
        Ok(Outcome::of("PostingFigures", Uuid::nil(), figures.version))
    })
    .await
}
