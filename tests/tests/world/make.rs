//! Making what a form asks for (造物): a market, an upload, an invitation's token, a page's cursor, each in one city.

use std::collections::BTreeMap;

use entities::{job, mail};
use futures_util::future::BoxFuture;
use kernel::divisions::Divisions;
use kernel::fault::{Never, Stop};
use kernel::{Actor, blob};
use people::{NewAccount, NewRole};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Map, Value, json};

use super::fill::{self, Things};
use super::sdl::Field;
use super::{Ended, FORM_SIZE, House, PLATFORM, SETTLE, Town, World};

/// What was made in a city, by kind.
pub(crate) struct Made<'a> {
    world: &'a World,
    pub(crate) things: BTreeMap<String, Value>,
    county: String,
    city: &'static str,
}

impl Things for Made<'_> {
    fn thing(&self, kind: &str) -> Option<Value> {
        self.things.get(kind).cloned()
    }

    fn next(&self) -> u32 {
        self.world.next()
    }

    fn county(&self) -> &str {
        &self.county
    }

    fn city(&self) -> &str {
        self.city
    }
}

/// A thing: its id (or cursor, or token), and the version it stands at.
pub(super) type Thing = Result<(Value, Value), String>;

/// What must be done with a fresh thing before a field can be about it.
const BEFORE: [(&str, &[&str]); 11] = [
    ("delistMarket", &["listMarket"]),
    ("enableAccount", &["disableAccount"]),
    ("eraseCitizen", &["blockCitizen"]),
    ("erasePersonalData", &["disableAccount"]),
    ("publicMarket", &["listMarket"]),
    ("resumeMarket", &["listMarket", "suspendMarket"]),
    ("suspendMarket", &["listMarket"]),
    ("liftAgencyLicence", &["suspendAgencyLicence"]),
    ("unblockCitizen", &["blockCitizen"]),
    ("listImportedMarkets", &["applyDirectoryImport"]),
    ("markRefunded", &["markRefundDue"]),
];

/// Fields that are about an official who may handle cases.
const OFFICIALS: [&str; 2] = ["cases", "handOverCase"];

/// Fields that are about an account in use: it has a password.
const IN_USE: [&str; 3] = ["recordInspection", "resetPassword", "saveAnnotation"];

impl World {
    pub(crate) fn made(&self, town: &Town) -> Made<'_> {
        let code = if town.code == PLATFORM { super::TAIYUAN } else { town.code };
        let county =
            Divisions::standard().children(code).iter().find(|d| !d.statistical_zone).expect("a county").code.clone();
        Made { world: self, things: BTreeMap::new(), county, city: code }
    }

    /// Does a mutation of ours with these things; what it gave.
    pub(crate) async fn act(
        &self,
        house: &House,
        town: &Town,
        name: &str,
        made: &Made<'_>,
        without: &[&str],
    ) -> Result<Value, String> {
        let (root, field) = house.field(name);
        let mut variables = fill::fill(&house.sdl, field, made, without)?;
        if name == "setLiaison" {
            variables.insert("version".to_owned(), self.present_liaison(house, town).await);
        }
        match Box::pin(self.attempt(house, town, (root, field), &variables)).await.1 {
            Ended::Done(value) => Ok(value),
            other => Err(format!("{name} in {}: {other:?} with {}", town.code, json!(variables))),
        }
    }

    /// Everything that `field` asks for by these kinds, made in `town`.
    pub(crate) async fn things<'a>(
        &'a self,
        house: &House,
        town: &'a Town,
        field: &Field,
        kinds: &[(Vec<String>, String)],
    ) -> Result<Made<'a>, String> {
        let mut made = self.made(town);
        for (path, kind) in kinds {
            let about = path.last().is_some_and(|name| name == "id" || name == "idOrSlug");
            let (id, version) = self.make(house, town, kind, field, about).await?;
            made.things.insert(kind.clone(), id);
            if about && !version.is_null() {
                made.things.insert("Version".to_owned(), version);
            }
        }
        Box::pin(self.ready(house, town, field, &mut made)).await;
        Ok(made)
    }

    /// A thing of this kind; `about` says that the field is about it, so that it must be a fresh one, brought to where the
    /// field wants it.
    fn make<'a>(
        &'a self,
        house: &'a House,
        town: &'a Town,
        kind: &'a str,
        field: &'a Field,
        about: bool,
    ) -> BoxFuture<'a, Thing> {
        Box::pin(async move {
            if kind == "Market" && !about {
                return self.standing_market(house, town).await.map(|id| (id, Value::Null));
            }
            if kind == "Agency" && !about {
                return self.standing_agency(house, town).await.map(|id| (id, Value::Null));
            }
            if kind == "HiringParty" && !about && super::hiring::OF_STANDING.contains(&field.name.as_str()) {
                return self.standing_party(house, town).await.map(|id| (id, Value::Null));
            }
            let (id, mut version) = self.bare(house, town, kind, field).await?;
            let steps =
                BEFORE.iter().find(|(name, _)| about && *name == field.name).map_or(&[][..], |(_, steps)| steps);
            for step in steps {
                let mut made = self.made(town);
                made.things.extend([(kind.to_owned(), id.clone()), ("Version".to_owned(), version.clone())]);
                let done = self.act(house, town, step, &made, &[]).await?;
                version = done["version"].clone();
                self.drain(town.code).await;
            }
            if kind == "DirectoryImport" && !steps.is_empty() {
                // The job went on with it.
                let asked = Map::from_iter([("id".to_owned(), id.clone())]);
                version = self.read(house, town, "directoryImport", asked).await["version"].clone();
            }
            Ok((id, version))
        })
    }

    /// The market that everything else of the city is at.
    pub(super) async fn standing_market(&self, house: &House, town: &Town) -> Result<Value, String> {
        let make = || async {
            let (id, version) = self.by_mutation(house, town, "registerMarket", None).await?;
            let mut made = self.made(town);
            made.things.extend([("Market".to_owned(), id.clone()), ("Version".to_owned(), version)]);
            self.act(house, town, "listMarket", &made, &[]).await.map(|_| id)
        };
        town.market.get_or_try_init(make).await.cloned()
    }

    /// What comes about as something else is done.
    async fn by_the_way(&self, house: &House, town: &Town, kind: &str) -> Thing {
        match kind {
            "Job" => {
                let import = self.thing(house, town, "DirectoryImport").await?;
                let applied = self.with(house, town, "applyDirectoryImport", "DirectoryImport", import).await?;
                Ok((applied["job"]["id"].clone(), Value::Null))
            }
            "RoleAssignment" => {
                let given = self.by_field(house, town, "assignRole", &[]).await?;
                let newest = given["roles"].as_array().and_then(|roles| roles.last());
                newest.map(|r| (r["id"].clone(), Value::Null)).ok_or_else(|| "assignRole: no role".to_owned())
            }
            "PolicyLine" => {
                let set = self.by_field(house, town, "setPolicyLine", &[]).await?;
                Ok((set["id"].clone(), set["version"].clone()))
            }
            // A public-interest market is to be annotated as soon as it is listed.
            "MapAnnotation" => {
                let market = self.by_mutation(house, town, "registerMarket", None).await?;
                let listed = self.with(house, town, "listMarket", "Market", market).await?;
                let task = &listed["annotations"][0];
                Ok((task["id"].clone(), task["version"].clone()))
            }
            _ => Err(format!("nothing that is done makes a {kind}")),
        }
    }

    async fn bare(&self, house: &House, town: &Town, kind: &str, field: &Field) -> Thing {
        let (maker, path) = match kind {
            "Account" if OFFICIALS.contains(&field.name.as_str()) => {
                return Box::pin(self.official(town, &field.name)).await;
            }
            "Account" => return Box::pin(self.account(town, IN_USE.contains(&field.name.as_str()))).await,
            "Case" => return Box::pin(self.case(town, &field.name)).await,
            "Market" if field.name == "openMarket" => return Box::pin(self.planned_market(house, town)).await,
            "InvitationToken" => return Box::pin(self.invitation_token(house, town)).await,
            "Upload" => return Box::pin(self.upload(house, town, field.name != "completeUpload")).await,
            "Photo" => return Box::pin(self.sent(house, town, "CHECK_PHOTO", b"\x89PNG\r\n\x1A\n")).await,
            "Citizen" | "Consent" | "Paper" | "Scan" => return Box::pin(self.of_people(house, town, kind)).await,
            "Agency" | "AgencyBranch" | "AgencyInspection" | "AgencyPaper" | "FeeReceipt" | "PriceItem" => {
                return Box::pin(self.of_an_agency(house, town, kind)).await;
            }
            "AgentRequest" => return Box::pin(self.agent_request(house, town)).await,
            "Evidence" => return Box::pin(self.sent(house, town, "PARTY_EVIDENCE", b"\x89PNG\r\n\x1A\n")).await,
            "HiringParty" => return Box::pin(self.party(house, town, &field.name)).await,
            "PartyMember" => return Box::pin(self.party_member(house, town)).await,
            "VerificationStep" => return Box::pin(self.verification_step(house, town)).await,
            "Job" | "MapAnnotation" | "PolicyLine" | "RoleAssignment" => {
                return Box::pin(self.by_the_way(house, town, kind)).await;
            }
            "MailMessage" => return Box::pin(self.dead_letter(house, town)).await,
            "SmsMessage" => return Box::pin(self.failed_text(town)).await,
            "Channel" | "ChannelDelivery" | "Posting" | "PostingFile" | "PostingImport" | "PostingTemplate"
            | "PrintedChannel" | "ScreenChannel" => {
                return Box::pin(self.of_postings(house, town, (kind, &field.name))).await;
            }
            "ConductPoint" | "Engagement" | "Shift" => {
                return Box::pin(self.of_the_hire(house, town, (kind, &field.name))).await;
            }
            "WageProof" => return Box::pin(self.sent(house, town, "WAGE_PROOF", b"\x89PNG\r\n\x1A\n")).await,
            "DirectoryReturn" => return Box::pin(self.city_return(house, town, 2025)).await,
            "ProvinceReport" => return Box::pin(self.province_report(house)).await,
            "ProvinceReturn" => return Box::pin(self.province_return(house)).await,
            "ApiKey" => ("createApiKey", Some("key")),
            "BadCredit" => ("saveBadCredit", None),
            "ConstructionProject" => ("saveProject", None),
            "DirectoryImport" => ("checkDirectoryImport", None),
            "EmployerVisit" => ("saveVisit", None),
            "Facility" => ("saveFacility", None),
            "Invitation" => ("inviteAccount", None),
            "Market" => ("registerMarket", None),
            "MonitoringSample" => ("saveMonitoringSample", None),
            "OperatorContract" => ("saveContract", None),
            "PartyRecheck" => ("orderRecheck", None),
            "PickupBay" => ("saveBay", None),
            "SafetyCheck" => ("recordSafetyCheck", None),
            "Worker" => ("registerWorker", None),
            "WorkerCertificate" => ("saveWorkerCertificate", None),
            "Session" => ("signIn", Some("viewer")),
            "WageSheet" => ("saveWageSheet", None),
            "Zone" => ("saveZone", None),
            _ => return Err(format!("{}: nobody knows how to make a {kind}", field.name)),
        };
        self.by_mutation(house, town, maker, path).await
    }

    async fn thing(&self, house: &House, town: &Town, kind: &str) -> Thing {
        let (_, field) = house.field("city");
        self.make(house, town, kind, field, true).await
    }

    pub(super) async fn with(
        &self,
        house: &House,
        town: &Town,
        name: &str,
        kind: &str,
        (id, version): (Value, Value),
    ) -> Result<Value, String> {
        let mut made = self.made(town);
        made.things.insert(kind.to_owned(), id);
        if !version.is_null() {
            made.things.insert("Version".to_owned(), version);
        }
        self.act(house, town, name, &made, &[]).await
    }

    /// What a root field gives when everything it needs is made for it.
    pub(crate) async fn by_field(
        &self,
        house: &House,
        town: &Town,
        name: &str,
        without: &[&str],
    ) -> Result<Value, String> {
        let (_, field) = house.field(name);
        let kinds: Vec<_> = fill::naming(&house.sdl, field)
            .into_iter()
            .filter(|(path, _)| !without.contains(&path[0].as_str()))
            .collect();
        let made = self.things(house, town, field, &kinds).await?;
        self.act(house, town, name, &made, without).await
    }

    pub(super) async fn by_mutation(&self, house: &House, town: &Town, name: &str, path: Option<&str>) -> Thing {
        let given = self.by_field(house, town, name, &["id", "version"]).await?;
        let thing = match path {
            Some("viewer") => &given["viewer"]["session"],
            Some(path) => &given[path],
            None => &given,
        };
        Ok((thing["id"].clone(), thing["version"].clone()))
    }

    async fn account(&self, town: &Town, may_sign_in: bool) -> Thing {
        let name = format!("clerk{}", self.next());
        let new = NewAccount {
            roles: vec![NewRole::city("developer")],
            totp_secret: Some(b"12345678901234567890".to_vec()),
            email: Some(format!("{name}@example.org").into()),
            password: may_sign_in.then(|| self.password.clone()),
            ..NewAccount::named(&name, &name)
        };
        let id = super::account(&self.kernel, town.code, new).await;
        let ctx = self.ctx(town, Actor::System("test")).await;
        Ok((json!(ctx.gid("Account", id).to_string()), json!(1)))
    }

    async fn upload(&self, house: &House, town: &Town, complete: bool) -> Thing {
        let ticket = self.act(house, town, "createUpload", &self.made(town), &[]).await?;
        let ctx = self.ctx(town, Actor::Anonymous).await;
        let token = ticket["url"].as_str().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
        let body = futures_util::stream::iter([Ok::<_, std::io::Error>(self.form(town))]);
        blob::receive(&ctx, token, body).await.map_err(|e| format!("an upload: {e:?}"))?;
        let id = ticket["uploadId"].clone();
        if complete {
            self.with(house, town, "completeUpload", "Upload", (id.clone(), Value::Null)).await?;
        }
        Ok((id, Value::Null))
    }

    /// Annex 2 with one market nobody knows yet, padded to [`FORM_SIZE`].
    fn form(&self, town: &Town) -> Vec<u8> {
        let county = Divisions::standard().get(&self.made(town).county).expect("a county").name.clone();
        let n = self.next();
        let mut text = format!(
            "名录\n序号,零工市场名称,运营性质,运行时间,详细地址,求职人员规模（人）,主要招聘工种,日均招聘成功人数（人）\n\
             1,{county}第{n}早市,公共,05:00-18:00,{county}和平路{n}号,300,瓦工,50\n"
        );
        let spaces = FORM_SIZE - text.len() - 1;
        text.push_str(&" ".repeat(spaces));
        text.push('\n');
        text.into_bytes()
    }

    async fn invitation_token(&self, house: &House, town: &Town) -> Thing {
        self.by_field(house, town, "inviteAccount", &[]).await?;
        let (root, field) = house.field("mailbox");
        let Ended::Done(box_) = self.attempt(house, town, (root, field), &Map::new()).await.1 else {
            return Err("mailbox: nobody may open letters".to_owned());
        };
        let letters = box_["edges"].as_array().into_iter().flatten();
        let token = letters.filter_map(|e| e["node"]["text"].as_str()).find_map(|text| text.split("&token=").nth(1));
        let token = token.and_then(|rest| rest.split_whitespace().next()).ok_or("mailbox: no letter with a token")?;
        Ok((json!(token), Value::Null))
    }

    async fn dead_letter(&self, house: &House, town: &Town) -> Thing {
        self.by_field(house, town, "inviteAccount", &[]).await?;
        let ctx = self.ctx(town, Actor::System("test")).await;
        let given_up: Result<uuid::Uuid, Stop<Never>> = ctx
            .transact(&SETTLE, |tx| async move {
                let row = mail::Entity::find().filter(mail::Column::Status.eq("QUEUED")).one(&tx).await?;
                let id = row.ok_or_else(|| kernel::Fault::internal("find a letter"))?.id;
                mail::Entity::update_many()
                    .col_expr(mail::Column::Status, Expr::value("DEAD"))
                    .filter(mail::Column::Id.eq(id))
                    .exec(&tx)
                    .await?;
                // Nobody tries any more.
                job::Entity::delete_many().filter(job::Column::Kind.eq("mail.send")).exec(&tx).await?;
                Ok(id)
            })
            .await;
        let id = given_up.map_err(|stop| format!("a dead letter: {stop:?}"))?;
        Ok((json!(ctx.gid("MailMessage", id).to_string()), Value::Null))
    }

    /// The city's return of a year, frozen if it can be.
    pub(super) async fn city_return(&self, house: &House, town: &Town, year: i32) -> Thing {
        self.standing_market(house, town).await?;
        let now = self.at_year(house, town, "directoryReturn", year).await?;
        let now = match now["status"].as_str() {
            Some("OPEN" | "RETURNED") => self.at_year(house, town, "freezeReturn", year).await?,
            _ => now,
        };
        Ok((now["id"].clone(), now["version"].clone()))
    }

    async fn at_year(&self, house: &House, town: &Town, name: &str, year: i32) -> Result<Value, String> {
        let (root, field) = house.field(name);
        let mut variables = fill::fill(&house.sdl, field, &self.made(town), &[])?;
        variables.insert("year".to_owned(), json!(year));
        match self.attempt(house, town, (root, field), &variables).await.1 {
            Ended::Done(value) => Ok(value),
            other => Err(format!("{name} of {year} in {}: {other:?}", town.code)),
        }
    }
}
