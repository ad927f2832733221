//! Hours written back (运行时间成文): `夏季 05:00—19:00；冬季 06:00—18:00`.

use std::collections::BTreeMap;

use super::{DAY, EVERY_DAY, HoursSpan, Season};

const DAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// The hours as the form shows them; [`super::read_text`] reads the same spans again.
pub fn render(spans: &[HoursSpan]) -> String {
    let mut seasons: BTreeMap<Season, BTreeMap<u8, Vec<HoursSpan>>> = BTreeMap::new();
    for span in spans {
        seasons.entry(span.season).or_default().entry(span.weekdays).or_default().push(*span);
    }
    let several_seasons = seasons.len() > 1;
    let mut clauses = Vec::new();
    for (season, days) in &seasons {
        let several_days = days.len() > 1;
        for (at, (weekdays, spans)) in days.iter().enumerate() {
            let mut clause = String::new();
            if at == 0 {
                clause.push_str(&season_word(*season, several_seasons));
            }
            clause.push_str(&days_word(*weekdays, several_days));
            if !clause.is_empty() {
                clause.push(' ');
            }
            let times: Vec<String> = spans.iter().copied().map(times).collect();
            clause.push_str(&times.join("、"));
            clauses.push(clause);
        }
    }
    clauses.join("；")
}

fn season_word(season: Season, several: bool) -> String {
    match season {
        Season::AllYear if several => "全年".to_owned(),
        Season::AllYear => String::new(),
        Season::Summer => "夏季".to_owned(),
        Season::Winter => "冬季".to_owned(),
        Season::Months(from, to) if from == to => format!("{from}月"),
        Season::Months(from, to) => format!("{from}月至{to}月"),
    }
}

/// `周一至周五`, `周六、周日`, or `每天` where other days have hours of their own.
fn days_word(weekdays: u8, several: bool) -> String {
    if weekdays == EVERY_DAY {
        return if several { "每天".to_owned() } else { String::new() };
    }
    let mut parts: Vec<String> = Vec::new();
    let mut day = 0;
    while day < 7 {
        if weekdays & (1 << day) == 0 {
            day += 1;
            continue;
        }
        let run = (day..7).take_while(|day| weekdays & (1 << day) != 0).count();
        if run >= 3 {
            parts.push(format!("{}至{}", DAYS[day], DAYS[day + run - 1]));
        } else {
            parts.extend(DAYS[day..day + run].iter().map(|name| (*name).to_owned()));
        }
        day += run;
    }
    parts.join("、")
}

fn times(span: HoursSpan) -> String {
    if (span.opens, span.closes) == (0, DAY) {
        return "全天".to_owned();
    }
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let closes = if span.closes > DAY { format!("次日{}", clock(span.closes - DAY)) } else { clock(span.closes) };
    format!("{}—{closes}", clock(span.opens))
}
