//! What a city sets for itself (用工规则参数): every figure with its default, here and nowhere else. No law gives them; the
//! allowance is unset, and then a late cancellation costs the fast lane instead (M§6.7); so is the time within which one is paid.

use kernel::Text;
use serde::{Deserialize, Serialize};

/// The rules of the hire in a city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HireRules {
    /// Counts its changes; 0 while nobody has set anything.
    pub version: i32,
    /// Whoever cancels fewer hours than this before the start cancels late, on either side.
    pub notice_hours: i32,
    /// So many minutes after the confirmation, until the start, nobody cancels late.
    pub grace_minutes: i32,
    /// Points for a no-show.
    pub no_show_points: i32,
    /// Points for a late cancellation by a worker.
    pub late_cancel_points: i32,
    /// So many days points count.
    pub points_days: i32,
    /// With so many points in force nobody takes a place online; the counter still hires.
    pub points_limit: i32,
    /// What a hiring party that cancels late owes, in hundredths of the agreed wage; unset.
    pub allowance_percent: Option<i32>,
    /// It pays within so many days; unset, and then no allowance is ever late.
    pub allowance_days: Option<i32>,
    /// So many days a hiring party that cancels late goes without the fast lane, where no allowance is set.
    pub fast_lane_days: i32,
    /// A no-show is recorded no sooner than so many minutes after the start.
    pub no_show_minutes: i32,
    /// The stand-by list is called until so many minutes after the start.
    pub standby_minutes: i32,
    /// The early warning of an unpaid wage is raised so many hours after it was due.
    pub unpaid_hours: i32,
    /// Work that nobody said was done counts as done so many hours after the shift.
    pub complete_hours: i32,
}

impl Default for HireRules {
    fn default() -> Self {
        Self {
            version: 0,
            notice_hours: 24,
            grace_minutes: 15,
            no_show_points: 3,
            late_cancel_points: 1,
            points_days: 90,
            points_limit: 6,
            allowance_percent: None,
            allowance_days: None,
            fast_lane_days: 30,
            no_show_minutes: 15,
            standby_minutes: 60,
            unpaid_hours: 24,
            complete_hours: 2,
        }
    }
}

/// The bounds of a figure (取值范围), and so what is said of one that is outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its name in the form.
    pub field: &'static str,
    /// Its name in words.
    pub name: Text,
    /// At least.
    pub least: i32,
    /// At most.
    pub most: i32,
}

/// A figure and what it may be (参数与取值范围): its name and bounds, and where it stands; nothing where it is not set.
struct Bounded {
    wrong: Wrong,
    figure: fn(&HireRules) -> Option<i32>,
}

const fn bounds(
    field: &'static str,
    (zh, en): (&'static str, &'static str),
    least: i32,
    most: i32,
    figure: fn(&HireRules) -> Option<i32>,
) -> Bounded {
    Bounded { wrong: Wrong { field, name: Text::new(zh, en), least, most }, figure }
}

const BOUNDS: [Bounded; 13] = [
    bounds("noticeHours", ("取消须提前（小时）", "The notice of a cancellation in hours"), 0, 168, |of| {
        Some(of.notice_hours)
    }),
    bounds("graceMinutes", ("确认后反悔期（分钟）", "The grace after confirming in minutes"), 0, 1440, |of| {
        Some(of.grace_minutes)
    }),
    bounds("noShowPoints", ("未到岗记分", "The points of a no-show"), 0, 12, |of| Some(of.no_show_points)),
    bounds("lateCancelPoints", ("临时取消记分", "The points of a late cancellation"), 0, 12, |of| {
        Some(of.late_cancel_points)
    }),
    bounds("pointsDays", ("记分有效期（天）", "The days that points count"), 1, 365, |of| Some(of.points_days)),
    bounds("pointsLimit", ("暂停抢单的记分", "The points that stop instant hires"), 1, 100, |of| {
        Some(of.points_limit)
    }),
    bounds("allowancePercent", ("补偿比例（%）", "The allowance in per cent"), 1, 100, |of| of.allowance_percent),
    bounds(
        "allowanceDays",
        ("补偿支付期限（天）", "The days within which the allowance is paid"),
        0,
        90,
        |of| of.allowance_days,
    ),
    bounds("fastLaneDays", ("暂停快速通道（天）", "The days without the fast lane"), 1, 365, |of| {
        Some(of.fast_lane_days)
    }),
    bounds("noShowMinutes", ("未到岗登记时限（分钟）", "The minutes until a no-show"), 5, 240, |of| {
        Some(of.no_show_minutes)
    }),
    bounds("standbyMinutes", ("候补时限（分钟）", "The minutes of the stand-by list"), 0, 480, |of| {
        Some(of.standby_minutes)
    }),
    bounds("unpaidHours", ("欠薪预警（小时）", "The hours until an unpaid warning"), 0, 720, |of| {
        Some(of.unpaid_hours)
    }),
    bounds("completeHours", ("自动完工（小时）", "The hours until work counts as done"), 0, 48, |of| {
        Some(of.complete_hours)
    }),
];

impl HireRules {
    /// The first figure that cannot be.
    pub fn check(&self) -> Result<(), Wrong> {
        let outside = |bound: &&Bounded| {
            let Wrong { least, most, .. } = bound.wrong;
            (bound.figure)(self).is_some_and(|figure| !(least..=most).contains(&figure))
        };
        BOUNDS.iter().find(outside).map_or(Ok(()), |bound| Err(bound.wrong))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_be_and_no_allowance_is_made_up() {
        assert_eq!(HireRules::default().check(), Ok(()));
        assert_eq!((HireRules::default().allowance_percent, HireRules::default().allowance_days), (None, None));
    }

    #[test]
    fn a_figure_that_cannot_be_is_named_with_its_bounds() {
        let hasty = HireRules { no_show_minutes: 0, ..HireRules::default() };
        assert_eq!(hasty.check().map_err(|of| (of.field, of.least, of.most)), Err(("noShowMinutes", 5, 240)));
        let generous = HireRules { allowance_percent: Some(101), ..HireRules::default() };
        assert_eq!(generous.check().map_err(|of| (of.field, of.least, of.most)), Err(("allowancePercent", 1, 100)));
    }

    #[test]
    fn what_was_stored_before_a_figure_existed_reads_with_its_default() {
        let old: HireRules = serde_json::from_str(r#"{"version":3,"notice_hours":12}"#).unwrap();
        assert_eq!(old, HireRules { version: 3, notice_hours: 12, ..HireRules::default() });
    }
}
