//! What channels are given (渠道内容): a posting with the names that stand beside it, read once for many.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use entities::hiring_party;
use kernel::gql::moment;
use kernel::{Ctx, Fault, Lang};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use serde::Serialize;
use uuid::Uuid;

use super::rows::channel;
use super::rules::{self, Way};
use crate::kinds::ChannelKind;
use crate::queries::conditions;
use crate::rows::posting;
use crate::rules::lane::Licence;
use crate::rules::money;
use crate::store::doors::{self, Licensed};

/// A posting as channels show it (发布内容): nothing of it is personal.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) row: posting::Model,
    pub(crate) party: String,
    pub(crate) market: Option<String>,
    pub(crate) agency: Option<Licensed>,
}

/// What channels say of an agency.
pub(crate) fn words_of(agency: &Licensed) -> String {
    rules::agency_words(&agency.name, &agency.licence_no, &agency.licence)
}

/// Is its licence in force?
pub(crate) const fn in_force(agency: &Licensed) -> bool {
    !matches!(agency.licence, Licence::Bad(_))
}

impl Notice {
    /// Is it to be seen now?
    pub(crate) fn is_shown(&self, ctx: &Ctx) -> bool {
        rules::is_shown(&self.row, ctx.now(), ctx.today())
    }

    /// What is said of the agency that publishes it.
    pub(crate) fn agency_words(&self) -> Option<String> {
        self.agency.as_ref().map(words_of)
    }

    /// What is asked of the worker.
    pub(crate) fn asked(&self) -> String {
        rules::asked(self.row.conditions.as_deref(), self.row.needs_certificate)
    }

    /// As the channel's text says it. What the law wants said is always said, where the channel has room, and an agency is always
    /// named: at the end, unless the text says where.
    pub(crate) fn text(&self, channel: &channel::Model) -> String {
        let row = &self.row;
        let (wage, start) = (money::wage(row.wage_fen, row.wage_unit, Lang::Zh), when(row.starts_at));
        let (headcount, asked, until) = (row.headcount.to_string(), self.asked(), day(row.valid_until));
        let template = channel.template.as_deref().unwrap_or(rules::usual_template(channel.kind));
        let agency = self.agency_words();
        let value = |name: &str| match name {
            "title" => Some(row.title.as_str()),
            "duties" => Some(row.duties.as_str()),
            "wage" => Some(wage.as_str()),
            "payDay" => Some(row.pay_day.title().zh),
            "start" => Some(start.as_str()),
            "headcount" => Some(headcount.as_str()),
            "conditions" => Some(asked.as_str()),
            "place" => Some(row.place.as_str()),
            "party" => Some(self.party.as_str()),
            "cover" => Some(row.cover.title().zh),
            "validUntil" => Some(until.as_str()),
            "market" => self.market.as_deref(),
            "agency" => agency.as_deref(),
            _ => None,
        };
        let mut text = rules::filled(template, value);
        for (name, title) in rules::left_out(channel.kind, template) {
            text.extend(["\n", title, "：", value(name).unwrap_or_default()]);
        }
        if let Some(agency) = agency.as_deref().filter(|_| !rules::places(template, "agency")) {
            text.push_str(rules::before_agency(channel.kind));
            text.push_str(agency);
        }
        text
    }

    /// As the channel keeps it: an item of a feed, or a line of text.
    pub(crate) fn body(&self, ctx: &Ctx, channel: &channel::Model) -> Result<String, Fault> {
        if channel.kind == ChannelKind::Feed {
            return serde_json::to_string(&self.item(ctx)).map_err(Fault::of("write an item of a feed"));
        }
        Ok(self.text(channel))
    }

    /// As feeds and partners read it.
    pub(crate) fn item(&self, ctx: &Ctx) -> Item {
        let row = &self.row;
        Item {
            id: ctx.gid("Posting", row.id).to_string(),
            version: row.version,
            kind: row.kind.code(),
            engagement: row.engagement.code(),
            trade: row.trade.clone(),
            title: row.title.clone(),
            duties: row.duties.clone(),
            conditions: row.conditions.clone(),
            needs_certificate: row.needs_certificate,
            wage_fen: row.wage_fen,
            wage_unit: row.wage_unit.code(),
            pay_day: row.pay_day.code(),
            pay_text: row.pay_text.clone(),
            cover: row.cover.code(),
            headcount: row.headcount,
            county: row.county.clone(),
            place: row.place.clone(),
            hiring_party: self.party.clone(),
            market: self.market.clone(),
            agency: self.agency.as_ref().map(|agency| ItemAgency {
                name: agency.name.clone(),
                licence_no: agency.licence_no.clone(),
                licence_valid: in_force(agency),
            }),
            starts_at: moment(row.starts_at).to_rfc3339(),
            ends_at: moment(row.ends_at).to_rfc3339(),
            valid_from: row.valid_from.to_string(),
            valid_until: row.valid_until.to_string(),
            source: ctx.tenant().name_zh.clone(),
        }
    }
}

/// A posting in a feed (开放数据条目). Says where it comes from, as forwarded postings must.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    pub(crate) id: String,
    version: i32,
    kind: &'static str,
    engagement: &'static str,
    trade: String,
    title: String,
    duties: String,
    conditions: Option<String>,
    needs_certificate: bool,
    wage_fen: i64,
    wage_unit: &'static str,
    pay_day: &'static str,
    pay_text: Option<String>,
    cover: &'static str,
    headcount: i32,
    county: String,
    place: String,
    hiring_party: String,
    market: Option<String>,
    agency: Option<ItemAgency>,
    starts_at: String,
    ends_at: String,
    valid_from: String,
    valid_until: String,
    source: String,
}

/// The agency that publishes a posting, in a feed (发布机构).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemAgency {
    name: String,
    licence_no: String,
    licence_valid: bool,
}

/// A moment as it is printed: 11月26日 06:00.
pub(crate) fn when(at: DateTime<Utc>) -> String {
    moment(at).format("%-m月%-d日 %H:%M").to_string()
}

/// A day as it is printed: 2026年11月27日.
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

/// The postings of these ids with the names beside them: a fixed number of statements, however many.
pub(crate) async fn notices<C: ConnectionTrait>(
    ctx: &Ctx,
    db: &C,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Notice>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = posting::Entity::find().filter(posting::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let parties: HashMap<Uuid, String> = hiring_party::Entity::find()
        .select_only()
        .columns([hiring_party::Column::Id, hiring_party::Column::DisplayName])
        .filter(hiring_party::Column::Id.is_in(rows.iter().map(|row| row.party_id)))
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let markets = markets::names_of(ctx, rows.iter().filter_map(|row| row.market_id).collect()).await?;
    let agencies = agencies(ctx, db, &rows).await?;
    let notice = |row: posting::Model| {
        let party = parties.get(&row.party_id).cloned().unwrap_or_default();
        let market = row.market_id.and_then(|id| markets.get(&id).cloned());
        let agency = row.agency_id.and_then(|id| agencies.get(&id).cloned());
        (row.id, Notice { row, party, market, agency })
    };
    Ok(rows.into_iter().map(notice).collect())
}

/// The agencies of these postings, as their licences stand today.
pub(crate) async fn agencies<C: ConnectionTrait>(
    ctx: &Ctx,
    db: &C,
    rows: &[posting::Model],
) -> Result<HashMap<Uuid, Licensed>, Fault> {
    let ids: BTreeSet<Uuid> = rows.iter().filter_map(|row| row.agency_id).collect();
    doors::licences(ctx, db, &ids.into_iter().collect::<Vec<_>>()).await
}

/// Does this channel show postings of this market?
pub(crate) fn concerns(channel: &channel::Model, market: Option<Uuid>) -> bool {
    channel.active && channel.market_id.is_none_or(|own| market == Some(own))
}

/// Which of these postings the pages show, and in which version, as the search finds them.
pub(crate) async fn live<C: ConnectionTrait>(ctx: &Ctx, db: &C, ids: &[Uuid]) -> Result<HashMap<Uuid, i32>, Fault> {
    Ok(posting::Entity::find()
        .select_only()
        .columns([posting::Column::Id, posting::Column::Version])
        .filter(posting::Column::Id.is_in(ids.iter().copied()))
        .filter(conditions::open(ctx))
        .into_tuple::<(Uuid, i32)>()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

/// What a channel is found by.
pub(crate) fn slot(kind: ChannelKind, market: Option<Uuid>) -> String {
    market.map_or_else(|| kind.code().to_owned(), |market| format!("{}:{market}", kind.code()))
}

/// The kinds whose job brings postings there; the others wait for a hand.
pub(crate) fn is_brought(kind: ChannelKind) -> bool {
    rules::way(kind) != Way::ByHand
}
