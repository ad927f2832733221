//! Conditions that several lists share (筛选条件).

use chrono::{Datelike as _, NaiveDate};
use kernel::divisions::{Divisions, Level};
use kernel::sheet::text;
use kernel::trades::Trades;
use people::LicenceStanding;
use sea_orm::sea_query::{Expr, LikeExpr, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait as _, IntoSimpleExpr as _};

use crate::kinds::{FacilityKind, FacilityState, OperatingNature, ServiceKind};
use crate::rows::{market, market_facility, market_hours, market_service, market_trade};
use crate::rules::spans::DAY;
use crate::rules::{search, trades};

/// Every word of the question is in the market's search text.
pub fn words(question: &str) -> Condition {
    let each = |all: Condition, word: &String| all.add(contains(market::Column::SearchText, word));
    search::words(question).iter().fold(Condition::all(), each)
}

/// A column has this word somewhere in it, as it is written.
pub fn contains(column: impl ColumnTrait, word: &str) -> Expr {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    column.into_simple_expr().like(LikeExpr::new(pattern).escape('\\'))
}

/// The market hires for this trade: a code, an official name or a street name; else the word as written.
pub fn trade(name: &str) -> Condition {
    let codes = trades::codes_of(Trades::standard(), name);
    if codes.is_empty() {
        return words(name);
    }
    let of = markets_in(market_trade::Entity, market_trade::Column::MarketId)
        .and_where(market_trade::Column::Code.is_in(codes))
        .to_owned();
    Condition::all().add(market::Column::Id.in_subquery(of))
}

/// The market lies in this division, of whatever level. A division that is not current holds none.
pub fn division(code: &str) -> Condition {
    let code = text::squash(code);
    let tree = Divisions::standard();
    let Some(division) = tree.get(&code) else { return nothing() };
    let code = division.code.as_str();
    let equal = match division.level {
        Level::Province => return Condition::all(),
        Level::City => market::Column::City.eq(code),
        Level::County => market::Column::County.eq(code),
        Level::Township => market::Column::Township.eq(code),
        Level::Village => market::Column::Division.eq(code),
    };
    Condition::all().add(equal)
}

/// The market lies in this village or neighbourhood: by its twelve digits, or by its name as written.
pub fn village(asked: &str) -> Condition {
    let code = text::squash(asked);
    let column = if code.len() == 12 && code.bytes().all(|b| b.is_ascii_digit()) {
        market::Column::VillageCode.eq(code)
    } else {
        market::Column::VillageName.eq(text::tidy(asked))
    };
    Condition::all().add(column)
}

/// No market.
pub fn nothing() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}

/// The market is open at this minute of this day.
pub fn open_at(day: NaiveDate, minute: i32) -> Condition {
    let yesterday = day.pred_opt().unwrap_or(day);
    let now = on(day).add(market_hours::Column::Opens.lte(minute)).add(market_hours::Column::Closes.gt(minute));
    let since_yesterday = on(yesterday).add(market_hours::Column::Closes.gt(minute + DAY));
    let open = markets_in(market_hours::Entity, market_hours::Column::MarketId)
        .cond_where(Condition::any().add(now).add(since_yesterday))
        .to_owned();
    Condition::all().add(market::Column::Id.in_subquery(open))
}

/// The span holds on this day.
fn on(day: NaiveDate) -> Condition {
    let month = i32::try_from(day.month()).unwrap_or_default();
    let bit = 1_i32 << day.weekday().num_days_from_monday();
    let (from, to) = (market_hours::Column::FromMonth, market_hours::Column::ToMonth);
    let straight = Condition::all()
        .add(from.into_simple_expr().lte(to.into_simple_expr()))
        .add(from.lte(month))
        .add(to.gte(month));
    let over_new_year = Condition::all()
        .add(from.into_simple_expr().gt(to.into_simple_expr()))
        .add(Condition::any().add(from.lte(month)).add(to.gte(month)));
    Condition::all()
        .add(market_hours::Column::Weekdays.into_simple_expr().bit_and(bit).ne(0))
        .add(Condition::any().add(straight).add(over_new_year))
}

/// The market is commercial, and its licence stands so: by its own form, and by what is registered of the agency. A test
/// holds it equal to the rule.
pub fn licensed(standing: LicenceStanding, today: NaiveDate) -> Condition {
    use LicenceStanding::{Expired, Revoked, Suspended, Unverified, Valid};
    let run_by = |standing| market::Column::Agency.in_subquery(people::in_standing(standing, today));
    let over = || market::Column::LicenceUntil.lt(today);
    let in_time =
        || Condition::any().add(market::Column::LicenceUntil.is_null()).add(market::Column::LicenceUntil.gte(today));
    let not_run_by = |standings: &[LicenceStanding]| {
        let others = standings.iter().fold(Condition::all(), |all, standing| {
            all.add(market::Column::Agency.not_in_subquery(people::in_standing(*standing, today)))
        });
        Condition::any().add(market::Column::Agency.is_null()).add(others)
    };
    let stands = match standing {
        Suspended | Revoked => Condition::all().add(run_by(standing)),
        Expired => {
            let by_form = Condition::all().add(over()).add(not_run_by(&[Suspended, Revoked]));
            Condition::any().add(run_by(Expired)).add(by_form)
        }
        Valid => Condition::all().add(run_by(Valid)).add(in_time()),
        Unverified => Condition::all().add(not_run_by(&[Valid, Expired, Suspended, Revoked])).add(in_time()),
    };
    Condition::all().add(market::Column::Nature.eq(OperatingNature::Commercial)).add(stands)
}

/// The market offers such a service.
pub fn offers(kind: ServiceKind) -> Condition {
    let of = markets_in(market_service::Entity, market_service::Column::MarketId)
        .and_where(market_service::Column::Kind.eq(kind))
        .to_owned();
    Condition::all().add(market::Column::Id.in_subquery(of))
}

/// The market has such a facility, whatever its state.
pub fn has_facility(kind: FacilityKind) -> Condition {
    facilities(market_facility::Column::Kind.eq(kind))
}

/// The market has such a facility, and it is not out of service: what the public sees.
pub fn has_facility_in_service(kind: FacilityKind) -> Condition {
    let in_service = market_facility::Column::State.ne(FacilityState::OutOfService);
    facilities(market_facility::Column::Kind.eq(kind).and(in_service))
}

fn facilities(such: SimpleExpr) -> Condition {
    let of = markets_in(market_facility::Entity, market_facility::Column::MarketId).and_where(such).to_owned();
    Condition::all().add(market::Column::Id.in_subquery(of))
}

/// The markets of a table's rows, to be narrowed down.
pub fn markets_in<E, C>(entity: E, market_id: C) -> SelectStatement
where
    E: EntityTrait,
    C: ColumnTrait,
{
    Query::select().column(market_id).from(entity.table_ref()).to_owned()
}
