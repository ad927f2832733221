//! The market's own row (市场行): made from what was checked, changed under its version.

use kernel::divisions::Divisions;
use kernel::trades::Trades;
use kernel::{Ctx, Fault, Stop, Tx};
use people::{Agencies, Licensed};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, SqlErr,
};
use uuid::Uuid;

use crate::kinds::{MarketStatus, OperatorKind};
use crate::rows::{market, market_trade};
use crate::rules::describe::{Around, Described};
use crate::rules::flaw::Flaw;
use crate::rules::inclusion::{Licence, RunUnder};
use crate::rules::village::Village;
use crate::rules::{figures, place, search};

/// Markets held in one statement.
const AT_ONCE: usize = 500;

/// What decisions need beside a form, from the context.
pub fn around(ctx: &Ctx) -> Around<'_> {
    Around {
        city: &ctx.tenant().code,
        today: ctx.today(),
        divisions: Divisions::standard(),
        trades: Trades::standard(),
        kept: &[],
        figures: (None, None),
    }
}

/// The trades of a market that the catalogue does not have.
pub async fn other_trades(db: &impl ConnectionTrait, id: Uuid) -> Result<Vec<String>, Fault> {
    let names: Vec<Option<String>> = market_trade::Entity::find()
        .select_only()
        .column(market_trade::Column::Name)
        .filter(market_trade::Column::MarketId.eq(id))
        .filter(market_trade::Column::Name.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(names.into_iter().flatten().collect())
}

/// The keys under which doubles are found.
pub fn keys(d: &Described) -> (String, String) {
    let address = place::address_key(Divisions::standard(), &d.located, &d.address);
    (place::name_key(d.names.shown()), address)
}

/// A market of the same name at the same address, if there is one besides `besides`.
pub async fn double(db: &impl ConnectionTrait, d: &Described, besides: Option<Uuid>) -> Result<Option<String>, Fault> {
    let (name, address) = keys(d);
    let mut query = market::Entity::find()
        .select_only()
        .column(market::Column::DisplayName)
        .filter(market::Column::County.eq(d.located.county.as_str()))
        .filter(market::Column::NameKey.eq(name))
        .filter(market::Column::AddressKey.eq(address))
        .filter(market::Column::Status.ne(MarketStatus::Delisted));
    if let Some(id) = besides {
        query = query.filter(market::Column::Id.ne(id));
    }
    Ok(query.into_tuple::<String>().one(db).await?)
}

/// The columns that a form decides; id, slug, agency, status and times are not among them.
pub fn described(d: &Described) -> market::ActiveModel {
    let (name_key, address_key) = keys(d);
    let point = d.point.map(|p| (p, place::on_the_map(p)));
    market::ActiveModel {
        id: NotSet,
        version: NotSet,
        slug: NotSet,
        official_name: Set(d.names.official.clone()),
        alias: Set(d.names.alias.clone()),
        alias_basis: Set(d.names.basis),
        display_name: Set(d.names.shown().to_owned()),
        nature: Set(d.nature),
        operator_kind: Set(d.operator_kind),
        operator_name: Set(d.operator_name.clone()),
        licence_no: Set(d.licence.as_ref().map(|licence| licence.number.clone())),
        licence_until: Set(d.licence.as_ref().and_then(|licence| licence.until)),
        agency: NotSet,
        public_interest: Set(d.public_interest),
        layout: Set(d.layout),
        status: NotSet,
        status_reason: NotSet,
        listed_on: NotSet,
        division: Set(d.located.division.clone()),
        township: Set(d.located.township.clone()),
        county: Set(d.located.county.clone()),
        city: Set(d.located.city.clone()),
        address: Set(d.address.clone()),
        village_name: Set(d.village.as_ref().map(|v| v.name.clone())),
        village_code: Set(d.village.as_ref().and_then(|v| v.code.clone())),
        name_key: Set(name_key),
        address_key: Set(address_key),
        lat: Set(point.map(|(p, _)| p.lat)),
        lng: Set(point.map(|(p, _)| p.lng)),
        crs: Set(point.map(|(p, _)| p.crs.code().to_owned())),
        gcj_lat: Set(point.map(|(_, map)| map.lat)),
        gcj_lng: Set(point.map(|(_, map)| map.lng)),
        hours_text: Set(d.hours_text()),
        early_opening: Set(d.early()),
        remark: Set(d.remark.clone()),
        area_square_metres: Set(d.area),
        search_text: Set(search::searchable(d, Divisions::standard(), Trades::standard())),
        created_at: NotSet,
        updated_at: NotSet,
        ..numbers(d.scale.as_ref(), d.successes.as_ref())
    }
}

/// The agency that runs what was described, as it is written there: licensed ones run commercial markets alone.
pub fn licensed(d: &Described) -> Option<Licensed> {
    let licence = d.licence.as_ref().filter(|_| d.operator_kind == OperatorKind::LicensedAgency)?;
    Some(Licensed { number: licence.number.clone(), name: d.operator_name.clone() })
}

/// The agency among those that were entered.
pub fn agency_of(agencies: &Agencies, d: &Described) -> Option<Uuid> {
    agencies.of(&licensed(d)?.number)
}

/// Enters the agencies that run what was described.
pub async fn agencies(tx: &Tx, all: impl IntoIterator<Item = &Described>) -> Result<Agencies, Fault> {
    let written: Vec<Licensed> = all.into_iter().filter_map(licensed).collect();
    people::enter_agencies(tx, &written).await
}

/// The columns of its two numbers.
fn numbers(scale: Option<&figures::Figure>, success: Option<&figures::Figure>) -> market::ActiveModel {
    let about = |f: Option<&figures::Figure>| f.is_some_and(|f| f.approximate);
    market::ActiveModel {
        scale_low: Set(scale.map(|f| f.low)),
        scale_high: Set(scale.map(|f| f.high)),
        scale_approximate: Set(about(scale)),
        scale_method: Set(scale.map(|f| f.method)),
        scale_reason: Set(scale.and_then(|f| f.reason.clone())),
        scale_as_of: Set(scale.map(|f| f.as_of)),
        scale_samples: Set(scale.and_then(|f| f.computed).map(|c| c.samples)),
        scale_days: Set(scale.and_then(|f| f.computed).map(|c| c.days)),
        scale_from: Set(scale.and_then(|f| f.computed).map(|c| c.from)),
        success_low: Set(success.map(|f| f.low)),
        success_high: Set(success.map(|f| f.high)),
        success_approximate: Set(about(success)),
        success_method: Set(success.map(|f| f.method)),
        success_reason: Set(success.and_then(|f| f.reason.clone())),
        success_as_of: Set(success.map(|f| f.as_of)),
        success_samples: Set(success.and_then(|f| f.computed).map(|c| c.samples)),
        success_days: Set(success.and_then(|f| f.computed).map(|c| c.days)),
        success_from: Set(success.and_then(|f| f.computed).map(|c| c.from)),
        ..market::ActiveModel::default()
    }
}

/// A new row.
pub fn fresh(ctx: &Ctx, id: Uuid, slug: String, status: MarketStatus, d: &Described) -> market::ActiveModel {
    market::ActiveModel {
        id: Set(id),
        version: Set(1),
        slug: Set(slug),
        status: Set(status),
        status_reason: Set(None),
        listed_on: Set(None),
        created_at: Set(ctx.now()),
        updated_at: Set(ctx.now()),
        ..described(d)
    }
}

/// Holds markets until the end of the transaction and gives them as they are then, in the order of their ids. Whoever holds
/// several holds them in this order, so that no two wait for each other.
pub async fn hold(tx: &Tx, mut ids: Vec<Uuid>) -> Result<Vec<market::Model>, Fault> {
    ids.sort_unstable();
    ids.dedup();
    let mut held = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let some = market::Entity::find().filter(market::Column::Id.is_in(some.iter().copied()));
        held.extend(some.order_by_asc(market::Column::Id).lock_exclusive().all(tx).await?);
    }
    Ok(held)
}

/// Two may give markets one name at one address at one moment: the table takes the first, the second is told.
pub fn taken<R: From<Flaw>>(error: DbErr, d: &Described) -> Stop<R> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            Stop::Refused(Flaw::DuplicateMarket { name: d.names.shown().to_owned() }.into())
        }
        _ => error.into(),
    }
}

/// Changes a row under its version; false when somebody was faster.
pub async fn change(tx: &Tx, row: &market::Model, mut change: market::ActiveModel) -> Result<bool, DbErr> {
    change.version = Set(row.version + 1);
    change.updated_at = Set(tx.ctx().now());
    let mine = Condition::all().add(market::Column::Id.eq(row.id)).add(market::Column::Version.eq(row.version));
    let done = market::Entity::update_many().set(change).filter(mine).exec(tx).await?;
    Ok(done.rows_affected == 1)
}

/// What these columns say a number was computed from.
fn computed(samples: Option<i32>, days: Option<i32>, from: Option<chrono::NaiveDate>) -> Option<figures::Computed> {
    Some(figures::Computed { samples: samples?, days: days?, from: from? })
}

impl market::Model {
    /// Seekers.
    pub fn scale(&self) -> Option<figures::Figure> {
        Some(figures::Figure {
            low: self.scale_low?,
            high: self.scale_high?,
            approximate: self.scale_approximate,
            method: self.scale_method?,
            reason: self.scale_reason.clone(),
            as_of: self.scale_as_of?,
            computed: computed(self.scale_samples, self.scale_days, self.scale_from),
        })
    }

    /// Daily successes.
    pub fn successes(&self) -> Option<figures::Figure> {
        Some(figures::Figure {
            low: self.success_low?,
            high: self.success_high?,
            approximate: self.success_approximate,
            method: self.success_method?,
            reason: self.success_reason.clone(),
            as_of: self.success_as_of?,
            computed: computed(self.success_samples, self.success_days, self.success_from),
        })
    }

    /// The operator's licence.
    pub fn licence(&self) -> Option<Licence> {
        Some(Licence { number: self.licence_no.clone()?, until: self.licence_until })
    }

    /// What it is run under.
    pub fn run_under(&self) -> RunUnder {
        RunUnder { nature: self.nature, operator: self.operator_kind, licence: self.licence() }
    }

    /// The village.
    pub fn village(&self) -> Option<Village> {
        Some(Village { name: self.village_name.clone()?, code: self.village_code.clone() })
    }

    /// The point as given.
    pub fn point(&self) -> Option<kernel::geo::Point> {
        point(self.lat, self.lng, self.crs.as_deref())
    }
}

/// The point in these columns.
pub fn point(lat: Option<f64>, lng: Option<f64>, crs: Option<&str>) -> Option<kernel::geo::Point> {
    kernel::geo::Point::new(lat?, lng?, kernel::geo::Crs::from_code(crs?)?).ok()
}
