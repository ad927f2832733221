//! What a work slip says (用工单条款): what was agreed when the place was confirmed, without a personal value; names are put in when
//! somebody who may read them looks at it.

use chrono::{DateTime, Utc};
use kernel::clock::shanghai;
use kernel::{Lang, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kinds::{AccidentCover, EngagementType, PayDay, WageUnit};
use crate::rules::money;

/// What was agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The posting.
    pub posting: Uuid,
    /// The hiring party.
    pub party: Uuid,
    /// The worker.
    pub worker: Uuid,
    /// The agency that published it.
    pub agency: Option<Uuid>,
    /// Is the hiring party a unit (用人单位), and no household or gang leader?
    pub unit: bool,
    /// What is wanted, in a line.
    pub title: String,
    /// Code of the trade.
    pub trade: String,
    /// What is to be done.
    pub duties: String,
    /// Where.
    pub place: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// Unpaid rest, minutes.
    pub break_minutes: i32,
    /// Engagement type.
    pub engagement: EngagementType,
    /// The wage for one unit, fen.
    pub wage_fen: i64,
    /// The unit.
    pub wage_unit: WageUnit,
    /// When it is paid.
    pub pay_day: PayDay,
    /// Who bears an accident.
    pub cover: AccidentCover,
    /// The safety card of the trade.
    pub safety_card: String,
    /// Its version.
    pub safety_version: i32,
    /// Whoever cancels fewer hours before the start cancels late.
    pub notice_hours: i32,
}

/// Where to turn when something goes wrong: on every slip.
pub const RIGHTS: Text = Text::new(
    "没拿到工资、受了伤或现场与说好的不一样，可找办理本单的市场窗口，或拨打12333（人社）、12345（政务）、12348（法律援助）。求助不收费，任何人不得因此报复。",
    "If the wage is not paid, if you are hurt, or if the work is not what was agreed: go to the market's counter, or call 12333 (labour), 12345 (government) or 12348 (legal aid). Help is free, and nobody may punish you for asking.",
);

impl Terms {
    /// The name of the trade.
    #[must_use]
    pub fn trade_name(&self) -> String {
        kernel::trades::Trades::standard().name(&self.trade).unwrap_or(&self.trade).to_owned()
    }

    /// When, as people say it: 2026-11-24 06:00—16:00.
    #[must_use]
    pub fn time(&self) -> String {
        span(self.starts_at, self.ends_at)
    }

    /// The wage as people say it.
    #[must_use]
    pub fn wage(&self, lang: Lang) -> String {
        money::wage(self.wage_fen, self.wage_unit, lang)
    }

    /// The lines of the slip, each a label and what it says, after the names.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let label = |zh, en| if lang == Lang::Zh { zh } else { en };
        let rest = match lang {
            Lang::Zh => format!("{} 分钟，不计工时", self.break_minutes),
            Lang::En => format!("{} minutes, not paid", self.break_minutes),
        };
        let notice = match lang {
            Lang::Zh => format!("开工前 {} 小时以内取消的，按规则承担后果，双方相同", self.notice_hours),
            Lang::En => format!(
                "Cancelling less than {} hours before the start has consequences, for either side alike",
                self.notice_hours
            ),
        };
        vec![
            (label("工作", "Work"), format!("{}（{}）", self.title, self.trade_name())),
            (label("内容", "What is to be done"), self.duties.clone()),
            (label("地点", "Where"), self.place.clone()),
            (label("时间", "When"), self.time()),
            (label("休息", "Rest"), rest),
            (label("用工类型", "Kind of engagement"), self.engagement.title().get(lang).to_owned()),
            (label("工资", "Wage"), self.wage(lang)),
            (label("发放", "Paid"), self.pay_day.title().get(lang).to_owned()),
            (label("意外保障", "Accident cover"), self.cover.title().get(lang).to_owned()),
            (label("取消", "Cancelling"), notice),
        ]
    }
}

/// From when until when, Shanghai.
#[must_use]
pub fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let (from, to) = (from.with_timezone(&shanghai()), to.with_timezone(&shanghai()));
    let end = if from.date_naive() == to.date_naive() { to.format("%H:%M") } else { to.format("%Y-%m-%d %H:%M") };
    format!("{}—{end}", from.format("%Y-%m-%d %H:%M"))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::engagements::rules) fn terms() -> Terms {
        Terms {
            posting: Uuid::from_u128(1),
            party: Uuid::from_u128(2),
            worker: Uuid::from_u128(3),
            agency: None,
            unit: true,
            title: "砌墙".to_owned(),
            trade: "6-29-01-01".to_owned(),
            duties: "砌围墙30米".to_owned(),
            place: "坞城路92号".to_owned(),
            starts_at: "2026-11-23T22:00:00Z".parse().unwrap(),
            ends_at: "2026-11-24T08:00:00Z".parse().unwrap(),
            break_minutes: 60,
            engagement: EngagementType::Temporary,
            wage_fen: 18_050,
            wage_unit: WageUnit::Day,
            pay_day: PayDay::Daily,
            cover: AccidentCover::Commercial,
            safety_card: "construction".to_owned(),
            safety_version: 1,
            notice_hours: 24,
        }
    }

    #[test]
    fn a_slip_says_who_what_where_when_and_for_how_much() {
        let said: Vec<String> =
            terms().lines(Lang::Zh).into_iter().map(|(label, what)| format!("{label}：{what}")).collect();
        for line in ["工作：砌墙（砌筑工）", "时间：2026-11-24 06:00—16:00", "工资：180.50元/天", "发放：日结"]
        {
            assert!(said.iter().any(|s| s == line), "{line}: {said:?}");
        }
        assert!(terms().lines(Lang::En).iter().any(|(label, what)| *label == "Wage" && what == "180.50 yuan a day"));
    }

    #[test]
    fn a_shift_over_midnight_says_both_days() {
        let night = Terms { ends_at: "2026-11-24T17:00:00Z".parse().unwrap(), ..terms() };
        assert_eq!(night.time(), "2026-11-24 06:00—2026-11-25 01:00");
    }

    #[test]
    fn terms_come_back_from_the_store_as_they_were() {
        let stored = serde_json::to_value(terms()).unwrap();
        assert_eq!(serde_json::from_value::<Terms>(stored).unwrap(), terms());
    }
}
