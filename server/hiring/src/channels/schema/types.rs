//! What the API shows of channels (类型).

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{Date, moment};
use kernel::ids::GlobalId;
use kernel::{Ctx, Fault};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::channels::queries::{self, CityPace, Figures, Pace};
use crate::channels::rows::{channel, channel_delivery, province_posting};
use crate::channels::rules;
use crate::kinds::{ChannelKind, DeliveryStatus, EngagementType, PayDay, PostingKind, WageUnit};
use crate::rows::posting;
use crate::rules::lane::Licence;
use crate::schema::values::PostingAgency;
use crate::store::doors::Licensed;

/// How a channel keeps up (渠道时效), over the last thirty days.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct ChannelPace {
    /// Postings it shows (在示条数).
    pub shown: i64,
    /// Postings that are to be shown and are not yet (待投递条数).
    pub waiting: i64,
    /// Postings that are to go away and have not yet (待撤下条数).
    pub withdrawing: i64,
    /// Since when the oldest of them waits (最早等待时间).
    pub oldest_waiting_since: Option<DateTime<FixedOffset>>,
    /// Seconds until a posting is shown, the middle one (发布时效中位数，秒).
    pub published_median_seconds: Option<i32>,
    /// Seconds until a posting is shown, 95 of 100 (发布时效95分位，秒).
    pub published_p95_seconds: Option<i32>,
    /// Seconds until a withdrawn posting is gone, the middle one (撤下时效中位数，秒).
    pub withdrawn_median_seconds: Option<i32>,
    /// Seconds until a withdrawn posting is gone, 95 of 100 (撤下时效95分位，秒).
    pub withdrawn_p95_seconds: Option<i32>,
    /// Seconds until a withdrawn posting is gone, at most (撤下时效最大值，秒).
    pub withdrawn_longest_seconds: Option<i32>,
}

impl ChannelPace {
    fn of(figures: &Figures) -> Self {
        Self {
            shown: figures.shown,
            waiting: figures.waiting,
            withdrawing: figures.withdrawing,
            oldest_waiting_since: figures.oldest.map(moment),
            published_median_seconds: figures.sent_median,
            published_p95_seconds: figures.sent_p95,
            withdrawn_median_seconds: figures.withdrawn_median,
            withdrawn_p95_seconds: figures.withdrawn_p95,
            withdrawn_longest_seconds: figures.withdrawn_longest,
        }
    }
}

/// A channel (发布渠道): where postings are shown.
#[derive(Clone, Debug, SimpleObject)]
pub struct Channel {
    /// Id (标识).
    pub id: ID,
    /// Version (版本).
    pub version: i32,
    /// What it is (渠道类型).
    pub kind: ChannelKind,
    /// What it is, in words (渠道名称).
    pub title: String,
    /// The market whose it is; none for the city (所属市场).
    pub market_id: Option<ID>,
    /// The name of that market (市场名称).
    pub market_name: Option<String>,
    /// The city's own text; none for the usual one (自定义文稿模板).
    pub template: Option<String>,
    /// The usual text (默认文稿模板).
    pub usual_template: String,
    /// Is it fed (启用)?
    pub active: bool,
    /// Is it served by hand (人工渠道)?
    pub by_hand: bool,
    /// Since when it does not answer (不可用起始时间).
    pub down_since: Option<DateTime<FixedOffset>>,
    /// Why it does not, as a code (不可用原因代码).
    pub down_reason: Option<String>,
    /// Since when a hall screen is read by a link without signing in; none where no link is open (大屏链接开通时间).
    pub screen_since: Option<DateTime<FixedOffset>>,
    /// How it keeps up (时效).
    pub pace: ChannelPace,
}

/// The link of a hall screen (大屏链接): shown now and never again.
#[derive(SimpleObject)]
pub struct HallScreenLink {
    /// The channel (渠道).
    pub channel: Channel,
    /// Where the screen is read: whoever has it reads it (链接).
    pub url: String,
}

impl Channel {
    pub(super) async fn many(ctx: &Ctx, rows: Vec<channel::Model>) -> Result<Vec<Self>, Fault> {
        let owners: Vec<_> = rows.iter().map(|row| row.market_id).collect();
        let names = queries::market_names(ctx, &owners).await?;
        let paces = queries::paces(ctx).await?;
        Ok(rows
            .into_iter()
            .map(|row| Self {
                id: ctx.gid("Channel", row.id),
                version: row.version,
                kind: row.kind,
                title: row.kind.title().get(ctx.lang()).to_owned(),
                market_id: row.market_id.map(|id| ctx.gid("Market", id)),
                market_name: row.market_id.and_then(|id| names.get(&id).cloned()),
                template: row.template,
                usual_template: rules::usual_template(row.kind).to_owned(),
                active: row.active,
                by_hand: rules::way(row.kind) == rules::Way::ByHand,
                down_since: row.down_since.map(moment),
                down_reason: row.last_error,
                screen_since: row.screen_since.map(moment),
                pace: ChannelPace::of(&paces.get(&row.id).map(Pace::figures).unwrap_or_default()),
            })
            .collect())
    }

    pub(super) async fn one(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let row = channel::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
        Self::many(ctx, vec![row]).await?.pop().ok_or(Fault::NotFound)
    }
}

/// A posting on a channel (渠道投递): how far it is, and how it is known.
#[derive(Clone, Debug, SimpleObject)]
pub struct ChannelDelivery {
    /// Id (标识).
    pub id: ID,
    /// Version (版本).
    pub version: i32,
    /// The channel (渠道).
    pub channel_id: ID,
    /// The posting (招聘信息).
    pub posting_id: ID,
    /// What the posting wants (岗位).
    pub posting_title: String,
    /// How far it is (状态).
    pub status: DeliveryStatus,
    /// How far it is, in words (状态名称).
    pub status_title: String,
    /// Which version is meant to be there (应展示版本).
    pub posting_version: i32,
    /// Which version was found there (已展示版本).
    pub shown_version: Option<i32>,
    /// How often it was tried in vain (失败次数).
    pub attempts: i32,
    /// By what it is known to be there or gone (回执).
    pub receipt: Option<String>,
    /// Since when the present state is wanted (提出时间).
    pub wanted_at: DateTime<FixedOffset>,
    /// When it was last put there (发布时间).
    pub sent_at: Option<DateTime<FixedOffset>>,
    /// When it was seen to be gone (撤下时间).
    pub withdrawn_at: Option<DateTime<FixedOffset>>,
    /// Who recorded it, by user name, where a channel is served by hand (登记人).
    pub recorded_by: Option<String>,
}

impl ChannelDelivery {
    pub(super) fn of(ctx: &Ctx, row: channel_delivery::Model, title: String) -> Self {
        Self {
            id: ctx.gid("ChannelDelivery", row.id),
            version: row.version,
            channel_id: ctx.gid("Channel", row.channel_id),
            posting_id: ctx.gid("Posting", row.posting_id),
            posting_title: title,
            status: row.status,
            status_title: row.status.title().get(ctx.lang()).to_owned(),
            posting_version: row.posting_version,
            shown_version: row.shown_version,
            attempts: row.attempts,
            wanted_at: moment(row.since()),
            receipt: row.receipt,
            recorded_by: row.recorded_by,
            sent_at: row.sent_at.map(moment),
            withdrawn_at: row.withdrawn_at.map(moment),
        }
    }

    pub(super) async fn one(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let row = channel_delivery::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
        let posting = posting::Entity::find_by_id(row.posting_id).one(&ctx.scope()).await?;
        Ok(Self::of(ctx, row, posting.map(|posting| posting.title).unwrap_or_default()))
    }
}

/// The list that hangs on a wall (张贴的清单).
#[derive(Clone, Debug, SimpleObject)]
pub struct HungPostingList {
    /// The channel that it is (渠道).
    pub channel_id: ID,
    /// Postings on it that were withdrawn since it was printed (打印后又撤回、仍在墙上的条数).
    pub withdrawing: i64,
}

impl HungPostingList {
    pub(super) async fn one(ctx: &Ctx, channel: Uuid) -> Result<Self, Fault> {
        let withdrawing = queries::withdrawing(ctx, channel).await?;
        Ok(Self {
            channel_id: ctx.gid("Channel", channel),
            withdrawing: i64::try_from(withdrawing).unwrap_or(i64::MAX),
        })
    }
}

/// What a channel shows of a posting (渠道内容).
#[derive(Clone, Debug, SimpleObject)]
pub struct ChannelLine {
    /// The posting (招聘信息).
    pub posting_id: ID,
    /// As it is shown (文稿).
    pub text: String,
    /// Since when (更新时间).
    pub at: DateTime<FixedOffset>,
}

/// A posting of some city, as the province shows it (全省招聘信息).
#[derive(Clone, Debug, SimpleObject)]
pub struct ProvincePosting {
    /// Id (标识).
    pub id: ID,
    /// What its own city calls it, for `publicPosting` there (所属城市的招聘信息标识).
    pub posting_id: ID,
    /// The city, by its division code (城市代码).
    pub city: String,
    /// Odd job or internship (信息类别).
    pub kind: PostingKind,
    /// Engagement type (用工类型).
    pub engagement: EngagementType,
    /// Code of the trade (工种代码).
    pub trade: String,
    /// What is wanted (岗位).
    pub title: String,
    /// What is to be done (工作内容).
    pub duties: String,
    /// What is asked of the worker (招聘条件).
    pub conditions: Option<String>,
    /// Asks for a certificate of special operations (特种作业操作证).
    pub needs_certificate: bool,
    /// County of the work, by its code (县区代码).
    pub county: String,
    /// Where, in words (工作地点).
    pub place: String,
    /// The wage in fen for one unit (工资，分).
    pub wage_fen: i64,
    /// What it is for (计薪单位).
    pub wage_unit: WageUnit,
    /// When it is paid (结算方式).
    pub pay_day: PayDay,
    /// Places (招聘人数).
    pub headcount: i32,
    /// Confirms whoever applies while places last (即时快招).
    pub instant: bool,
    /// Who has others work (用工主体).
    pub hiring_party: String,
    /// The market (零工市场).
    pub market: Option<String>,
    /// The agency that publishes it, and whether its licence is in force (发布机构).
    pub agency: Option<PostingAgency>,
    /// When its first shift begins (开工时间).
    pub starts_at: DateTime<FixedOffset>,
    /// When its last shift ends (收工时间).
    pub ends_at: DateTime<FixedOffset>,
    /// Last day it holds (有效期至).
    pub valid_until: Date,
    /// When the province had it (归集时间).
    pub received_at: DateTime<FixedOffset>,
}

impl ProvincePosting {
    pub(super) fn of(ctx: &Ctx, row: province_posting::Model) -> Self {
        let agency = row.agency_name.map(|name| {
            let good = row.agency_licence_valid.unwrap_or_default();
            let licence = if good { Licence::Good } else { Licence::Bad(rules::NOT_IN_FORCE) };
            let licence_no = row.agency_licence_no.unwrap_or_default();
            PostingAgency::new(&Licensed { name, licence_no, licence }, ctx.lang())
        });
        Self {
            id: ctx.gid("ProvincePosting", row.id),
            posting_id: ID(GlobalId::new("Posting", row.city.as_str(), row.posting_id).encode()),
            city: row.city,
            kind: row.kind,
            engagement: row.engagement,
            trade: row.trade,
            title: row.title,
            duties: row.duties,
            conditions: row.conditions,
            needs_certificate: row.needs_certificate,
            county: row.county,
            place: row.place,
            wage_fen: row.wage_fen,
            wage_unit: row.wage_unit,
            pay_day: row.pay_day,
            headcount: row.headcount,
            instant: row.instant,
            hiring_party: row.party_name,
            market: row.market_name,
            agency,
            starts_at: moment(row.starts_at),
            ends_at: moment(row.ends_at),
            valid_until: row.valid_until.into(),
            received_at: moment(row.received_at),
        }
    }
}

/// How a city's postings reach the province and the city's own channels (各市渠道时效).
#[derive(Clone, Debug, SimpleObject)]
pub struct ProvincePace {
    /// The city, by its division code (城市代码).
    pub city: String,
    /// On the province's list (省级归集时效).
    pub pace: ChannelPace,
    /// On the channels of the city, as it says itself (本市各渠道时效).
    pub channels: Vec<ProvinceChannelPace>,
    /// When it last said so: within the hour, unless it stands still (上报时间).
    pub reported_at: Option<DateTime<FixedOffset>>,
}

/// How the channels of one kind keep up in a city (渠道时效).
#[derive(Clone, Debug, SimpleObject)]
pub struct ProvinceChannelPace {
    /// What they are (渠道类型).
    pub kind: ChannelKind,
    /// What they are, in words (渠道名称).
    pub title: String,
    /// How they keep up (时效).
    pub pace: ChannelPace,
}

impl ProvincePace {
    pub(super) fn of(ctx: &Ctx, known: &CityPace) -> Self {
        let channel = |(kind, figures): &(ChannelKind, Figures)| ProvinceChannelPace {
            kind: *kind,
            title: kind.title().get(ctx.lang()).to_owned(),
            pace: ChannelPace::of(figures),
        };
        Self {
            city: known.city.clone(),
            pace: ChannelPace::of(&known.here),
            channels: known.told.iter().map(channel).collect(),
            reported_at: known.told_at.map(moment),
        }
    }
}
