//! What mutations answer with (办理结果): what was changed, read again; and its newest state where somebody else was faster.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, ExportedFile, moment};
use kernel::refusal::Refusal;
use kernel::trades::Trades;
use kernel::{Ctx, Fault, Mask, Outcome, Pii, Stop};
use uuid::Uuid;

use super::engagement::Engagement;
use crate::engagements::queries::alternatives::{self, Whose};
use crate::engagements::queries::lists;
use crate::engagements::rules::settings::HireRules as Rules;
use crate::engagements::store::contact::Contact;
use crate::kinds::{Side, WageUnit};

/// The id of an engagement.
pub(super) fn id_of<R: Refusal>(ctx: &Ctx, id: &ID) -> Result<Uuid, Stop<R>> {
    Ok(ctx.parse_id("Engagement", id)?)
}

/// The engagement that an operation was about, read again.
pub(super) async fn again<R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<Engagement, Stop<R>> {
    Ok(Engagement::at(ctx, done?.id).await?)
}

/// Its newest state, where the operation was refused because somebody else was faster.
pub(super) async fn newest<T, R: Refusal>(ctx: &Ctx, id: &ID, done: &Result<T, Stop<R>>) -> Option<Engagement> {
    let read = async { Engagement::at(ctx, ctx.parse_id("Engagement", id)?).await };
    gql::current(done, read).await
}

/// The file that an operation wrote.
pub(super) async fn file<R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<ExportedFile, Stop<R>> {
    Ok(kernel::blob::download_link(ctx, done?.id).await?.into())
}

/// Those who were taken together (成组录用结果).
#[derive(SimpleObject)]
pub struct HiredGroup {
    /// Each of them (用工对接).
    engagements: Vec<Engagement>,
}

impl HiredGroup {
    /// The group of the engagement that an operation names.
    pub(super) async fn of<R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<Self, Stop<R>> {
        let rows = lists::group_of(ctx, done?.id).await?;
        let side = if ctx.actor().citizen_id().is_some() { Side::Party } else { Side::Staff };
        Ok(Self { engagements: Engagement::all(ctx, side, rows) })
    }
}

/// How to reach the other side (对方联系方式).
#[derive(Clone, SimpleObject)]
pub struct EngagementContact {
    /// The name (姓名).
    name: Option<String>,
    /// The number, to be dialled (电话).
    phone: Option<String>,
    /// The number masked, for the screen (电话，脱敏).
    phone_masked: Option<String>,
}

impl From<Contact> for EngagementContact {
    fn from(contact: Contact) -> Self {
        let shown = |value: &Pii<String>| value.expose().clone();
        Self {
            name: contact.name.as_ref().map(shown),
            phone: contact.phone.as_ref().map(shown),
            phone_masked: contact.phone.as_ref().map(|phone| phone.masked(Mask::Phone)),
        }
    }
}

/// A similar shift with places (相近班次): for whoever came too late.
#[derive(Clone, Debug, SimpleObject)]
pub struct Alternative {
    /// The shift (班次).
    shift_id: ID,
    /// Its posting (招聘信息).
    posting_id: ID,
    /// What is wanted, in a line (岗位).
    title: String,
    /// Name of the trade (工种).
    trade_name: String,
    /// Where (工作地点).
    place: String,
    /// From when (开工时间).
    starts_at: DateTime<FixedOffset>,
    /// Until when (收工时间).
    ends_at: DateTime<FixedOffset>,
    /// The wage for one unit, fen (工资，分).
    wage_fen: i64,
    /// The unit (计薪单位).
    wage_unit: WageUnit,
    /// Places that are left (剩余名额).
    places: i32,
}

impl Alternative {
    /// What else there is beside a shift.
    pub(super) async fn near(ctx: &Ctx, shift: Uuid, whose: Whose) -> Result<Vec<Self>, Fault> {
        let found = alternatives::near(ctx, shift, whose).await?;
        let of = |one: alternatives::Alternative| Self {
            shift_id: ctx.gid("Shift", one.shift.id),
            posting_id: ctx.gid("Posting", one.posting.id),
            trade_name: Trades::standard().name(&one.posting.trade).unwrap_or(&one.posting.trade).to_owned(),
            title: one.posting.title,
            place: one.posting.place,
            starts_at: moment(one.shift.starts_at),
            ends_at: moment(one.shift.ends_at),
            wage_fen: one.posting.wage_fen,
            wage_unit: one.posting.wage_unit,
            places: one.shift.headcount - one.shift.taken,
        };
        Ok(found.into_iter().map(of).collect())
    }
}

/// The city's rules of the hire (用工规则).
#[derive(Clone, Debug, SimpleObject)]
pub struct HireRules {
    /// Counts their changes; 0 while nobody has set anything (版本).
    version: i32,
    /// Cancelling fewer hours than this before the start is late, for either side (临时取消时限，小时).
    notice_hours: i32,
    /// So many minutes after the confirmation, until the start, nobody cancels late (确认后的反悔时间，分钟).
    grace_minutes: i32,
    /// Points for a no-show (未到岗记分).
    no_show_points: i32,
    /// Points for a late cancellation by a worker (临时取消记分).
    late_cancel_points: i32,
    /// So many days points count (记分有效期，天).
    points_days: i32,
    /// From so many points in force on nobody takes a place online (暂停网上抢单的记分).
    points_limit: i32,
    /// What a hiring party that cancels late owes, in hundredths of the agreed wage; unset, it loses the fast lane (临时取消补偿比例，%).
    allowance_percent: Option<i32>,
    /// Within so many days after the cancellation it pays the allowance; unset, no allowance is due by any day (补偿支付期限，天).
    allowance_days: Option<i32>,
    /// So many days it goes without the fast lane (暂停快速通道，天).
    fast_lane_days: i32,
    /// A no-show is recorded no sooner than so many minutes after the start (未到岗登记时限，分钟).
    no_show_minutes: i32,
    /// The stand-by list is called until so many minutes after the start (候补截止，分钟).
    standby_minutes: i32,
    /// The early warning is raised so many hours after a wage was due (欠薪预警，小时).
    unpaid_hours: i32,
    /// Work that nobody said was done counts as done so many hours after the shift (自动完工，小时).
    complete_hours: i32,
}

impl From<Rules> for HireRules {
    fn from(rules: Rules) -> Self {
        Self {
            version: rules.version,
            notice_hours: rules.notice_hours,
            grace_minutes: rules.grace_minutes,
            no_show_points: rules.no_show_points,
            late_cancel_points: rules.late_cancel_points,
            points_days: rules.points_days,
            points_limit: rules.points_limit,
            allowance_percent: rules.allowance_percent,
            allowance_days: rules.allowance_days,
            fast_lane_days: rules.fast_lane_days,
            no_show_minutes: rules.no_show_minutes,
            standby_minutes: rules.standby_minutes,
            unpaid_hours: rules.unpaid_hours,
            complete_hours: rules.complete_hours,
        }
    }
}
