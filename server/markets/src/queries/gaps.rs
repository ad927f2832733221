//! The service-gap report (服务空白): counties and townships without a market in the directory (38号 八: 覆盖城乡).
//!
//! A market may be registered at its county without a township. It fills no township's gap then, and the gaps of that county
//! say how many such markets there are, since any of them may lie there.

use std::collections::HashMap;

use kernel::divisions::{Division, Divisions, Level};
use kernel::geo::{Crs, Point};
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, DerivePartialModel, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::market;

/// A division without a market in the directory (服务空白).
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The division.
    pub division: &'static Division,
    /// Markets registered there that are not in the directory: planned, in draft or suspended.
    pub registered: usize,
    /// The nearest listed market, where it can be told.
    pub nearest: Option<String>,
    /// Of a township: listed markets of its county of which no township is recorded; they may well lie in it. Of a county
    /// none, since a market is always in one.
    pub without_township: usize,
}

#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "market::Entity")]
struct Site {
    display_name: String,
    status: MarketStatus,
    county: String,
    township: Option<String>,
    gcj_lat: Option<f64>,
    gcj_lng: Option<f64>,
}

impl Site {
    fn is_in(&self, division: &Division) -> bool {
        match division.level {
            Level::Township => self.township.as_deref() == Some(division.code.as_str()),
            _ => self.county == division.code,
        }
    }

    fn point(&self) -> Option<Point> {
        Point::new(self.gcj_lat?, self.gcj_lng?, Crs::Gcj02).ok()
    }
}

/// The gaps of a level, county or township, in order of code, within the actor's reach. Statistical zones are none of
/// the official counties and are left out with all that is in them. One statement.
pub async fn report(ctx: &Ctx, level: Level) -> Result<Vec<Gap>, Fault> {
    let reach = ctx.reach(&policy::READ).await?;
    let tree = Divisions::standard();
    let whole = reach.city || !reach.departments.is_empty();
    let counties = tree
        .children(&ctx.tenant().code)
        .into_iter()
        .filter(|county| !county.statistical_zone && (whole || reach.counties.contains(&county.code)));
    let divisions: Vec<&'static Division> = match level {
        Level::County => counties.collect(),
        Level::Township => counties.flat_map(|county| tree.children(&county.code)).collect(),
        _ => Vec::new(),
    };
    let sites = market::Entity::find()
        .filter(market::Column::Status.ne(MarketStatus::Delisted))
        .order_by_asc(market::Column::DisplayName)
        .order_by_asc(market::Column::Id)
        .into_partial_model::<Site>()
        .all(&ctx.scope())
        .await?;
    Ok(gaps(&divisions, &sites))
}

fn gaps(divisions: &[&'static Division], sites: &[Site]) -> Vec<Gap> {
    let listed: Vec<&Site> = sites.iter().filter(|site| site.status == MarketStatus::Listed).collect();
    let mut loose: HashMap<&str, usize> = HashMap::new();
    for site in listed.iter().filter(|site| site.township.is_none()) {
        *loose.entry(site.county.as_str()).or_default() += 1;
    }
    divisions
        .iter()
        .filter(|division| !listed.iter().any(|site| site.is_in(division)))
        .map(|division| {
            let here: Vec<&Site> = sites.iter().filter(|site| site.is_in(division)).collect();
            let county = division.parent.as_deref().filter(|_| division.level == Level::Township);
            Gap {
                division,
                registered: here.len(),
                nearest: nearest(division, &here, &listed),
                without_township: county.and_then(|county| loose.get(county)).copied().unwrap_or_default(),
            }
        })
        .collect()
}

/// The listed market nearest to what is registered here. Without coordinates a township is told of one of its county; of a
/// county nothing can be told, since no listed market lies in it and those of its neighbours cannot be ordered.
fn nearest(division: &Division, here: &[&Site], listed: &[&Site]) -> Option<String> {
    let from = here.iter().find_map(|site| site.point());
    let by_distance = from.and_then(|from| {
        listed
            .iter()
            .filter_map(|site| Some((site.point()?.distance_m(from), site)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, site)| site.display_name.clone())
    });
    by_distance.or_else(|| {
        let county = division.parent.as_deref().filter(|_| division.level == Level::Township)?;
        listed.iter().find(|site| site.county == county).map(|site| site.display_name.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str, status: MarketStatus, division: &str) -> Site {
        let tree = Divisions::standard();
        Site {
            display_name: name.into(),
            status,
            county: tree.county_of(division).unwrap().code.clone(),
            township: (division.len() > 6).then(|| division.to_owned()),
            gcj_lat: None,
            gcj_lng: None,
        }
    }

    #[test]
    fn the_nearest_market_of_a_county_is_told_by_distance_from_what_is_registered_there() {
        let tree = Divisions::standard();
        let at = |site: Site, lat: f64| Site { gcj_lat: Some(lat), gcj_lng: Some(112.57), ..site };
        let (near, far) =
            (site("近", MarketStatus::Listed, "140105001"), site("远", MarketStatus::Listed, "140105002"));
        let sites = [at(far, 37.70), at(near, 37.80), at(site("规划", MarketStatus::Planned, "140106"), 37.86)];
        let counties: Vec<_> =
            tree.children("140100").into_iter().filter(|c| ["140106", "140107"].contains(&c.code.as_str())).collect();
        let found = gaps(&counties, &sites);
        assert_eq!((found[0].registered, found[0].nearest.as_deref()), (1, Some("近")));
        assert_eq!((found[1].registered, found[1].nearest.as_deref()), (0, None), "nothing says where it would be");
    }

    #[test]
    fn a_township_without_a_listed_market_is_a_gap_and_its_countys_market_is_near() {
        let tree = Divisions::standard();
        let towns = tree.children("140105");
        let sites = [site("坞城", MarketStatus::Listed, "140105001"), site("营盘", MarketStatus::Draft, "140105002")];
        let found = gaps(&towns, &sites);
        assert_eq!(found.len(), towns.len() - 1);
        assert_eq!(found[0].division.code, "140105002");
        assert_eq!((found[0].registered, found[0].nearest.as_deref()), (1, Some("坞城")));
        assert!(found.iter().all(|gap| gap.without_township == 0), "every listed market names its township");
    }

    #[test]
    fn a_listed_market_without_a_township_fills_no_gap_of_its_county_and_is_counted_at_each() {
        let tree = Divisions::standard();
        let sites = [
            site("县里", MarketStatus::Listed, "140105"),
            site("也在县里", MarketStatus::Listed, "140105"),
            site("筹备", MarketStatus::Draft, "140105"),
            site("坞城", MarketStatus::Listed, "140105001"),
            site("别县", MarketStatus::Listed, "140106"),
        ];
        let towns = tree.children("140105");
        let found = gaps(&towns, &sites);
        assert_eq!(found.len(), towns.len() - 1);
        assert!(found.iter().all(|gap| gap.without_township == 2), "{found:?}");
        assert!(gaps(&tree.children("140107"), &sites).iter().all(|gap| gap.without_township == 0));
        let counties: Vec<_> = tree.children("140100").into_iter().filter(|c| c.code == "140107").collect();
        assert_eq!(gaps(&counties, &sites)[0].without_township, 0, "a market is always in a county");
    }
}
