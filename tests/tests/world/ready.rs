//! Bringing a city to where a field can succeed (就绪): versions that are known only now, a plugin that is off, a market
//! that is still planned.

use futures_util::future::BoxFuture;
use serde_json::{Map, Value, json};

use super::fill;
use super::make::{Made, Thing};
use super::sdl::{Field, Kind};
use super::{Ended, House, PLATFORM, Town, World};

impl World {
    /// What `field` asks for besides things.
    pub(super) async fn ready(&self, house: &House, town: &Town, field: &Field, made: &mut Made<'_>) {
        let version = match field.name.as_str() {
            "setLiaison" => self.present_liaison(house, town).await,
            "saveAnnotation" => self.annotation(house, town, made).await,
            "freezeProvinceReport" => {
                let known = self.roll_up_to_freeze(house).await;
                let missing = known["missing"].as_array().into_iter().flatten();
                let missing: Value = missing.map(|one| one["city"]["code"].clone()).collect();
                made.things.insert("Missing".to_owned(), missing);
                known["version"].clone()
            }
            "markProvinceReportSent" => {
                // It is sent on the day on which it was frozen.
                let known = self.roll_up(house).await;
                let frozen_at = known["versions"][0]["frozenAt"].as_str().unwrap_or_default();
                made.things.insert("FrozenOn".to_owned(), json!(frozen_at.split('T').next()));
                return;
            }
            "exportServiceLedger" => {
                // A ledger without an entry is not exported.
                drop(self.act(house, town, "addLedgerEntry", made, &[]).await);
                return;
            }
            "favourites" | "postings" | "postingTemplates" | "removeFavourite"
                if made.things.contains_key("HiringParty") =>
            {
                return self.kept(house, town, &field.name, made).await;
            }
            "applyForShift" | "conductPoints" | "confirmGroup" | "deleteMyRecord" | "engagements" | "engagementsOf"
            | "engagementsToday" | "exportMyRecord" | "messages" | "myConductPoints" | "myEngagements" | "myRecord"
            | "unpaidWarnings" | "wageSheets" => return self.ready_to_hire(house, town, &field.name, made).await,
            "saveWageSheet" if made.things.contains_key("WageSheet") => {
                return self.ready_to_hire(house, town, &field.name, made).await;
            }
            "signInCitizen" => return self.a_code(town, made).await,
            "requestAgency" => {
                let party = self.party(house, town, "requestAgency").await;
                made.things.insert("Uscc".to_owned(), self.uscc_of(house, town, party).await);
                return;
            }
            // A visit to the party, at the market, that somebody asks for.
            "employerVisits" if made.things.contains_key("HiringParty") => {
                drop(self.act(house, town, "saveVisit", made, &["id", "version"]).await);
                return;
            }
            "purgePlugin" => {
                // It may be off already.
                drop(self.act(house, town, "disablePlugin", &self.made(town), &[]).await);
                return;
            }
            _ => return,
        };
        made.things.insert("Version".to_owned(), version);
    }

    /// The version of the liaison person who stands: whoever names the next one has seen it.
    pub(super) async fn present_liaison(&self, house: &House, town: &Town) -> Value {
        let history = self.read(house, town, "liaisonHistory", Map::new()).await;
        history[0].as_object().map_or(json!(0), |person| person["version"].clone())
    }

    /// The version of the market's annotation on the first of the maps: listing the market made it.
    async fn annotation(&self, house: &House, town: &Town, made: &Made<'_>) -> Value {
        let asked = Map::from_iter([("id".to_owned(), made.things["Market"].clone())]);
        let market = self.read(house, town, "market", asked).await;
        let Kind::Enum(maps) = house.sdl.kind("MapProvider") else { return Value::Null };
        let mut annotations = market["annotations"].as_array().into_iter().flatten();
        annotations.find(|one| one["provider"] == maps[0].as_str()).map_or(Value::Null, |one| one["version"].clone())
    }

    /// A return that lies at the province, undecided if there is one.
    pub(super) async fn province_return(&self, house: &House) -> Thing {
        let platform = self.town(PLATFORM);
        for town in self.towns.iter().filter(|t| t.code != PLATFORM) {
            let (id, version) = self.city_return(house, town, 2026).await?;
            let mut made = self.made(town);
            made.things.extend([("DirectoryReturn".to_owned(), id), ("Version".to_owned(), version)]);
            // Handed in before is handed in.
            drop(self.act(house, town, "submitReturn", &made, &[]).await);
            self.drain(town.code).await;
        }
        self.drain(PLATFORM).await;
        let all = self.by_field(house, platform, "provinceReturns", &[]).await?;
        let all: Vec<&Value> = all.as_array().into_iter().flatten().filter(|r| !r["id"].is_null()).collect();
        let one = all.iter().find(|r| r["status"] == "SUBMITTED").or_else(|| all.first());
        one.map(|r| (r["id"].clone(), r["version"].clone()))
            .ok_or_else(|| "provinceReturns: none was handed in".to_owned())
    }

    /// A frozen version of the roll-up, made where there is none.
    pub(super) async fn province_report(&self, house: &House) -> Thing {
        let known = self.roll_up(house).await;
        let newest = match &known["versions"][0] {
            Value::Null => self.by_field(house, self.town(PLATFORM), "freezeProvinceReport", &[]).await?,
            newest => newest.clone(),
        };
        Ok((newest["id"].clone(), newest["version"].clone()))
    }

    /// The roll-up when at least one city is accepted: the others can be left out by name.
    fn roll_up_to_freeze<'a>(&'a self, house: &'a House) -> BoxFuture<'a, Value> {
        Box::pin(async move {
            let platform = self.town(PLATFORM);
            let returns = self.read(house, platform, "provinceReturns", of_this_year()).await;
            let accepted = returns.as_array().into_iter().flatten().any(|one| one["status"] == "ACCEPTED");
            if !accepted && let Ok(arrived) = self.province_return(house).await {
                // One is enough: another waits for whoever sends one back.
                drop(self.with(house, platform, "acceptReturn", "ProvinceReturn", arrived).await);
            }
            self.roll_up(house).await
        })
    }

    async fn roll_up(&self, house: &House) -> Value {
        self.read(house, self.town(PLATFORM), "provinceReports", of_this_year()).await
    }

    /// What a query gives to whoever sees it; null where nobody does.
    pub(super) async fn read(&self, house: &House, town: &Town, name: &str, variables: Map<String, Value>) -> Value {
        match self.attempt(house, town, house.field(name), &variables).await.1 {
            Ended::Done(value) => value,
            _ => Value::Null,
        }
    }

    /// A market that is being built.
    pub(super) async fn planned_market(&self, house: &House, town: &Town) -> Thing {
        let (root, field) = house.field("registerMarket");
        let mut variables = fill::fill(&house.sdl, field, &self.made(town), &["id", "version"])?;
        variables.insert("planned".to_owned(), json!(true));
        match self.attempt(house, town, (root, field), &variables).await.1 {
            Ended::Done(market) => Ok((market["id"].clone(), market["version"].clone())),
            other => Err(format!("registerMarket, planned, in {}: {other:?}", town.code)),
        }
    }
}

/// The year of which the world hands in.
fn of_this_year() -> Map<String, Value> {
    Map::from_iter([("year".to_owned(), json!(2026))])
}
