//! What a channel should show (渠道规则), when it is tried again, and the text it is given.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kernel::Text;

use crate::channels::rows::channel_delivery;
use crate::kinds::{ChannelKind, DeliveryStatus, PostingStatus};
use crate::rows::posting;
use crate::rules::describe::end_of;
use crate::rules::lane::Licence;

/// Characters of a template at most.
pub(crate) const TEMPLATE: usize = 1000;

/// How many postings a channel is brought at a time.
pub(crate) const AT_ONCE: u64 = 200;

/// How a channel is served (投递方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// The pages read the postings themselves.
    Live,
    /// Written into what the channel shows, in the city's own store.
    Written,
    /// Somebody brings it there and says so.
    ByHand,
    /// A file that a partner fetches.
    File,
    /// The province's store.
    Province,
}

/// How a kind of channel is served.
pub(crate) const fn way(kind: ChannelKind) -> Way {
    match kind {
        ChannelKind::Web => Way::Live,
        ChannelKind::HallScreen | ChannelKind::Feed => Way::Written,
        ChannelKind::Printed | ChannelKind::Wechat => Way::ByHand,
        ChannelKind::Partner => Way::File,
        ChannelKind::Province => Way::Province,
    }
}

/// Is this posting shown at this moment of this day? What the city's own search finds, and nothing else: published, for today,
/// confirmed not long ago, and somebody can still apply. A test holds the two equal.
pub(crate) fn is_shown(row: &posting::Model, now: DateTime<Utc>, today: NaiveDate) -> bool {
    row.status == PostingStatus::Published && row.closes_at > now && row.valid_from <= today && row.fresh_until > now
}

/// What is said of the agency beside its posting (发布机构): its name, its licence, and that this is not in force.
pub(crate) fn agency_words(name: &str, licence_no: &str, licence: &Licence) -> String {
    let problem = if matches!(licence, Licence::Bad(_)) { NOT_IN_FORCE.zh } else { "" };
    let comma = if problem.is_empty() { "" } else { "，" };
    format!("发布机构：{name}（人力资源服务许可证{licence_no}{comma}{problem}）")
}

/// That a licence is not in force, where why is not known (许可证无效).
pub(crate) const NOT_IN_FORCE: Text = Text::new("许可证无效", "licence not in force");

/// What stands between a text and the agency, where the text does not say itself where that is to stand.
pub(crate) const fn before_agency(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Wechat => "\n",
        _ => "｜",
    }
}

/// Does the template say where this is to stand?
pub(crate) fn places(template: &str, name: &str) -> bool {
    pieces(template).any(|piece| matches!(piece, Piece::Hole(hole) if hole == name))
}

/// What every posting has to say (招聘信息法定内容): 条例 art 24, and its valid period.
const STATUTORY: [&str; 7] = ["duties", "wage", "headcount", "conditions", "place", "party", "validUntil"];

/// What a posting has to say and a city's own text leaves out, each with what it is called. A line of a screen has no room for it:
/// who reads there asks at the counter.
pub(crate) fn left_out(kind: ChannelKind, template: &str) -> Vec<(&'static str, &'static str)> {
    if kind != ChannelKind::Wechat {
        return Vec::new();
    }
    let missing = PLACEHOLDERS.iter().filter(|(name, _)| STATUTORY.contains(name) && !places(template, name));
    missing.map(|(name, title)| (*name, title.zh)).collect()
}

/// What is asked of the worker (招聘条件), a certificate first; that nothing is, where nothing is.
pub(crate) fn asked(conditions: Option<&str>, needs_certificate: bool) -> String {
    let certificate = needs_certificate.then_some("须持特种作业操作证");
    let said = conditions.map(str::trim).filter(|words| !words.is_empty());
    let all: Vec<&str> = certificate.into_iter().chain(said).collect();
    if all.is_empty() { "无特别要求".to_owned() } else { all.join("；") }
}

/// What is known of a posting on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) status: DeliveryStatus,
    pub(crate) posting_version: i32,
    /// Is what stands there of the agency still so?
    pub(crate) same_agency: bool,
}

/// What becomes of a posting on a channel once it changed; `None` where all is as it should be.
pub(crate) fn planned(known: Option<Known>, shown: bool, version: i32) -> Option<DeliveryStatus> {
    use DeliveryStatus::{Failed, Queued, Sent, Withdrawing, Withdrawn};
    match (known, shown) {
        (None, false) => None,
        (None, true) => Some(Queued),
        (Some(known), true) => match known.status {
            Sent | Queued | Failed if known.posting_version >= version && known.same_agency => None,
            _ => Some(Queued),
        },
        (Some(known), false) => match known.status {
            Withdrawn | Withdrawing => None,
            Sent | Queued | Failed => Some(Withdrawing),
        },
    }
}

/// Since when a posting is to be shown that a channel has as `before` (何时起应显示): since its last change, since its first day
/// began, or since it was confirmed again. Where none of these brought it there – its agency's licence stands otherwise – since now.
pub(crate) fn shown_since(
    row: &posting::Model,
    before: Option<&channel_delivery::Model>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    use DeliveryStatus::{Withdrawing, Withdrawn};
    let first_day = row.valid_from.pred_opt().map(end_of).unwrap_or_default();
    let changed = row.updated_at.max(first_day);
    let since = match before {
        None => Some(changed),
        Some(before) if matches!(before.status, Withdrawing | Withdrawn) => {
            Some(changed.max(row.last_confirmed_at)).filter(|since| *since >= before.since())
        }
        Some(before) => (before.posting_version < row.version).then_some(changed),
    };
    since.unwrap_or(now).min(now)
}

/// Since when a posting is not to be shown any more that a channel has as `before` (何时起应撤下): since it was withdrawn, or since
/// the moment at which it closed or went stale, whichever came first. Where it is to be seen elsewhere, since now.
pub(crate) fn hidden_since(
    row: &posting::Model,
    before: &channel_delivery::Model,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let over = row.closes_at.min(row.fresh_until);
    let since = match row.status {
        PostingStatus::Published if over <= now => over,
        PostingStatus::Published if before.posting_version >= row.version => now,
        PostingStatus::Published => row.updated_at,
        _ => row.updated_at.min(over),
    };
    since.min(now)
}

/// When a channel that did not answer is tried again: after a quarter of a minute, twice as long each time, at most every
/// five minutes, for ever.
pub(crate) fn again(now: DateTime<Utc>, attempts: i32) -> DateTime<Utc> {
    let doubled = u32::try_from(attempts.clamp(1, 6) - 1).unwrap_or_default();
    now + Duration::seconds((15_i64 << doubled).min(300))
}

/// What a text may be filled with (文稿变量).
pub(crate) const PLACEHOLDERS: [(&str, Text); 13] = [
    ("title", Text::new("岗位", "what is wanted")),
    ("duties", Text::new("工作内容", "what is to be done")),
    ("wage", Text::new("工资", "the wage")),
    ("payDay", Text::new("结算方式", "when it is paid")),
    ("start", Text::new("开工时间", "when it begins")),
    ("headcount", Text::new("人数", "how many")),
    ("conditions", Text::new("招聘条件", "what is asked of the worker, a certificate included")),
    ("place", Text::new("地点", "where")),
    ("party", Text::new("用工主体", "who has others work")),
    ("cover", Text::new("意外保障", "who bears an accident")),
    ("validUntil", Text::new("有效期至", "the last day it holds")),
    ("market", Text::new("零工市场", "the market")),
    ("agency", Text::new("发布机构", "the agency that publishes it")),
];

/// The text a kind of channel is given unless the city writes its own.
pub(crate) const fn usual_template(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::HallScreen => "{title}｜{wage}｜{start}｜{headcount}人｜{place}",
        ChannelKind::Wechat => {
            "【{title}】{wage}，{payDay}\n{duties}\n时间：{start}\n人数：{headcount}人\n招聘条件：{conditions}\n地点：{place}\n用工主体：{party}\n意外保障：{cover}\n有效期至：{validUntil}\n报名请到{market}或网上零工市场，全程免费。"
        }
        ChannelKind::Printed => {
            "{title}　{duties}　{wage}（{payDay}）　{start}　{headcount}人　{conditions}　{place}　{party}　有效期至{validUntil}"
        }
        ChannelKind::Web | ChannelKind::Feed | ChannelKind::Partner | ChannelKind::Province => {
            "{title}｜{wage}｜{start}｜{place}"
        }
    }
}

/// The first placeholder of a template that stands for nothing.
pub(crate) fn unknown_placeholder(template: &str) -> Option<String> {
    pieces(template).find_map(|piece| match piece {
        Piece::Hole(name) if !PLACEHOLDERS.iter().any(|(known, _)| *known == name) => {
            Some(name.chars().take(20).collect())
        }
        _ => None,
    })
}

/// The template filled in; a hole that nothing fits is left out.
pub(crate) fn filled<'a>(template: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    pieces(template)
        .map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Hole(name) => value(name).unwrap_or_default(),
        })
        .collect()
}

enum Piece<'a> {
    Words(&'a str),
    Hole(&'a str),
}

/// A template cut at its holes, `{name}`; a brace that is not closed is words.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inside) = rest.strip_prefix('{')
            && let Some((name, after)) = inside.split_once('}')
        {
            rest = after;
            return Some(Piece::Hole(name));
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest.get(first..).and_then(|tail| tail.find('{')).map_or(rest.len(), |at| at + first);
        let (words, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Words(words))
    })
}

/// The value below which `share` percent of the sorted values lie, nearest rank.
pub(crate) fn percentile(sorted: &[i64], share: u64) -> Option<i64> {
    let count = u64::try_from(sorted.len()).ok().filter(|count| *count > 0)?;
    let rank = (count * share).div_ceil(100).max(1);
    sorted.get(usize::try_from(rank - 1).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use DeliveryStatus::{Failed, Queued, Sent, Withdrawing, Withdrawn};

    fn known(status: DeliveryStatus, posting_version: i32) -> Known {
        Known { status, posting_version, same_agency: true }
    }

    #[test]
    fn what_is_published_is_brought_and_what_is_not_is_taken_away() {
        assert_eq!(planned(None, true, 3), Some(Queued));
        assert_eq!(planned(None, false, 3), None);
        assert_eq!(planned(Some(known(Sent, 2)), true, 3), Some(Queued));
        assert_eq!(planned(Some(known(Sent, 3)), true, 3), None);
        for status in [Queued, Sent, Failed] {
            assert_eq!(planned(Some(known(status, 3)), false, 4), Some(Withdrawing), "{status:?}");
        }
        assert_eq!(planned(Some(known(Withdrawing, 3)), false, 4), None);
        assert_eq!(planned(Some(known(Withdrawn, 3)), true, 5), Some(Queued));
        assert_eq!(planned(Some(known(Withdrawing, 3)), true, 5), Some(Queued));
    }

    #[test]
    fn what_says_something_else_of_the_agency_is_brought_anew_and_what_is_gone_stays_gone() {
        let other = |status| Some(Known { same_agency: false, ..known(status, 3) });
        for status in [Queued, Sent, Failed] {
            assert_eq!(planned(other(status), true, 3), Some(Queued), "{status:?}");
        }
        assert_eq!(planned(other(Withdrawn), false, 3), None);
    }

    #[test]
    fn an_agency_is_named_with_its_licence_and_that_it_is_not_in_force() {
        let bad = Licence::Bad(Text::new("已到期", "it ran out"));
        assert_eq!(
            agency_words("并州人力", "140101", &Licence::Good),
            "发布机构：并州人力（人力资源服务许可证140101）"
        );
        assert_eq!(
            agency_words("并州人力", "140101", &bad),
            "发布机构：并州人力（人力资源服务许可证140101，许可证无效）"
        );
        assert!(places("{title}（{agency}）", "agency") && !places("{title} agency", "agency"));
    }

    #[test]
    fn what_the_law_wants_said_is_in_every_usual_text_that_has_room_and_what_a_text_leaves_out_is_named() {
        for kind in [ChannelKind::Wechat, ChannelKind::Printed] {
            let text = usual_template(kind);
            let missing: Vec<&str> = STATUTORY.into_iter().filter(|name| !places(text, name)).collect();
            assert!(missing.is_empty(), "{kind:?}: {missing:?}");
        }
        assert!(left_out(ChannelKind::Wechat, usual_template(ChannelKind::Wechat)).is_empty());
        let own = "{title}{duties}{wage}{headcount}{place}{party}";
        assert_eq!(left_out(ChannelKind::Wechat, own), [("conditions", "招聘条件"), ("validUntil", "有效期至")]);
        assert!(left_out(ChannelKind::HallScreen, own).is_empty());
    }

    #[test]
    fn what_is_asked_of_a_worker_names_the_certificate_first_and_says_when_nothing_is_asked() {
        assert_eq!(asked(None, false), "无特别要求");
        assert_eq!(asked(Some(" "), false), "无特别要求");
        assert_eq!(asked(Some("能搬30公斤"), true), "须持特种作业操作证；能搬30公斤");
        assert_eq!(asked(None, true), "须持特种作业操作证");
    }

    #[test]
    fn a_channel_that_is_down_is_tried_soon_and_then_every_five_minutes() {
        let now = "2026-11-26T00:00:00Z".parse().unwrap();
        let waits: Vec<i64> = [1, 2, 3, 4, 5, 6, 100].map(|n| (again(now, n) - now).num_seconds()).into();
        assert_eq!(waits, [15, 30, 60, 120, 240, 300, 300]);
    }

    #[test]
    fn a_template_is_filled_and_an_unknown_hole_is_named() {
        let value = |name: &str| match name {
            "title" => Some("装卸工"),
            "wage" => Some("180元/天"),
            _ => None,
        };
        assert_eq!(filled("{title}：{wage}{market}，{", value), "装卸工：180元/天，{");
        assert_eq!(unknown_placeholder("{title}{salary}"), Some("salary".to_owned()));
        for kind in ChannelKind::ALL {
            assert_eq!(unknown_placeholder(usual_template(kind)), None, "{kind:?}");
        }
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        assert_eq!(percentile(&[], 50), None);
        assert_eq!(percentile(&[7], 95), Some(7));
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!((percentile(&ten, 50), percentile(&ten, 95), percentile(&ten, 100)), (Some(5), Some(10), Some(10)));
    }
}
