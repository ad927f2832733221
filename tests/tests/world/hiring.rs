//! Postings on their way (招聘信息与渠道): what hiring's fields are about.

use ::hiring::channels::rows::{channel, channel_delivery};
use ::hiring::kinds::ChannelKind;
use ::hiring::rows::{favourite, posting};
use entities::hiring_party;
use kernel::fault::{Never, Stop};
use kernel::{Actor, Ctx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::fill::Things;
use super::make::{Made, Thing};
use super::{House, PLATFORM, SETTLE, Town, World};

/// Fields that are not about a party, but about what one enters and keeps: the party that stands does.
pub(super) const OF_STANDING: [&str; 9] = [
    "favourites",
    "lintPosting",
    "postings",
    "postingTemplates",
    "removeFavourite",
    "saveFavourite",
    "savePosting",
    "savePostingTemplate",
    "upsertPosting",
];

/// The headings of a sheet of postings.
const HEADINGS: &str =
    "外部编号,用工主体,工种,工作内容,招聘人数,工作日期,开始时间,结束时间,工作地点,工资（元）,计薪单位";

/// What stands in a form about a posting.
pub(super) fn sample(of: &str, name: &str, things: &dyn Things) -> Option<Value> {
    Some(match (of, name) {
        ("PostingInput", "trade") => json!("搬运工"),
        ("PostingInput", "duties") => json!(format!("第{}批水果装卸", things.next())),
        ("PostingInput", "place") => json!(format!("坞城路{}号", things.next())),
        ("PostingInput", "wageFen") => json!(20_000),
        ("PostingInput", "wageUnit") => json!("DAY"),
        ("ShiftInput", "startsAt") => json!("2026-11-25T06:00:00+08:00"),
        ("ShiftInput", "endsAt") => json!("2026-11-25T14:00:00+08:00"),
        ("ShiftInput", "headcount") => json!(5),
        ("PostingFiguresInput", "minimumWages") => json!([]),
        ("PostingFiguresInput", "reviewMinutes") => json!(30),
        ("PostingFiguresInput", "staleDays") => json!(7),
        ("addChannel", "kind") => json!("HALL_SCREEN"),
        ("savePostingTemplate", "name") => json!(format!("第{}张模板", things.next())),
        // Nobody has set any.
        ("setPostingFigures", "version") => json!(0),
        ("upsertPosting" | "withdrawPostingByExternalId", "externalId") => json!(format!("JC-{}", things.next())),
        _ => return None,
    })
}

impl World {
    /// A published posting, which the channels and the province have heard of.
    pub(crate) async fn posting(&self, town: &Town) -> Uuid {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let county = Things::county(&self.made(town)).to_owned();
        let people = people::MadeUp { workers: 0, parties: 1, counties: vec![county], trades: Vec::new() };
        let parties = people::seed_people(&ctx, &people).await.expect("a hiring party");
        let standing = town.market.get().cloned().unwrap_or_default();
        let at = |id: Uuid| standing == ctx.gid("Market", id).as_str();
        let markets = markets::all_of(&ctx).await.expect("the markets");
        let markets = markets.into_iter().filter(|(id, _)| at(*id)).collect();
        let trades = vec![("4-02-05-01".to_owned(), "装卸搬运工".to_owned())];
        let of = ::hiring::MadeUpPostings { postings: 1, parties, markets, trades };
        ::hiring::seed_postings(&ctx, &of).await.expect("a posting");
        let newest = posting::Entity::find().order_by_desc(posting::Column::Id);
        let id = newest.one(&ctx.scope()).await.expect("postings are read").expect("there is a market").id;
        ::hiring::plan_deliveries(&ctx, id).await.expect("it is planned");
        self.drain(town.code).await;
        id
    }

    /// A posting as a field wants it, or what leads to one.
    pub(super) async fn of_postings(&self, house: &House, town: &Town, (kind, field): (&str, &str)) -> Thing {
        match (kind, field) {
            ("Posting", "savePosting" | "submitPosting") => self.by_mutation(house, town, "savePosting", None).await,
            ("Posting", "engagementsOf" | "engagements" | "saveWageSheet" | "wageSheets") => {
                self.of_the_hire(house, town, (kind, field)).await
            }
            ("PostingFile", _) => self.posting_file(house, town).await,
            ("PostingImport", _) => self.by_mutation(house, town, "checkPostingImport", None).await,
            ("PostingTemplate", _) => self.by_mutation(house, town, "savePostingTemplate", None).await,
            _ => self.hired(house, town, kind).await,
        }
    }

    /// The party that enters postings and keeps templates: verified, and nobody's lead.
    pub(super) async fn standing_party(&self, house: &House, town: &Town) -> Result<Value, String> {
        let make = || async {
            let (id, _) = self.party(house, town, "suspendParty").await?;
            let ctx = self.ctx(town, Actor::System("test")).await;
            self.lead(town, (this(&ctx, "HiringParty", &id)?, None)).await;
            Ok::<Value, String>(id)
        };
        town.party.get_or_try_init(make).await.cloned()
    }

    /// A sheet with one posting of a lead of the agency that stands.
    async fn posting_file(&self, house: &House, town: &Town) -> Thing {
        let agency = self.standing_agency(house, town).await?;
        let known = self.read(house, town, "agency", Map::from_iter([("id".to_owned(), agency.clone())])).await;
        let now = (agency.clone(), known["version"].clone());
        self.with(house, town, "verifyAgencyLicence", "Agency", now).await?;
        let lead = self.party(house, town, "suspendParty").await?;
        let ctx = self.ctx(town, Actor::System("test")).await;
        let led = (this(&ctx, "HiringParty", &lead.0)?, Some(this(&ctx, "Agency", &agency)?));
        self.lead(town, led).await;
        let (uscc, n) = (self.uscc_of(house, town, Ok(lead)).await, self.next());
        let uscc = uscc.as_str().unwrap_or_default();
        let row = format!("N-{n},{uscc},搬运工,第{n}批水果装卸,5,2026-11-25,06:00,14:00,坞城路{n}号,200,天");
        self.sent(house, town, "POSTINGS", format!("{HEADINGS}\n{row}\n").as_bytes()).await
    }

    /// A party is an agency's lead, or nobody's.
    async fn lead(&self, town: &Town, (party, agency): (Uuid, Option<Uuid>)) {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let done: Result<(), Stop<Never>> = ctx
            .transact(&SETTLE, |tx| async move {
                let led = hiring_party::ActiveModel { agency_id: Set(agency), ..Default::default() };
                let this = hiring_party::Column::Id.eq(party);
                hiring_party::Entity::update_many().set(led).filter(this).exec(&tx).await?;
                Ok(())
            })
            .await;
        done.map_err(Stop::into_fault).expect("it is the agency's");
    }

    /// What must stand before a field about what a party keeps has something to show.
    pub(super) async fn kept(&self, house: &House, town: &Town, field: &str, made: &mut Made<'_>) {
        match field {
            "postings" => drop(self.act(house, town, "savePosting", made, &["id", "version"]).await),
            "postingTemplates" => {
                drop(self.act(house, town, "savePostingTemplate", made, &["id", "version"]).await);
            }
            _ => {
                if !made.things.contains_key("Worker") {
                    let (worker, _) = self.by_mutation(house, town, "registerWorker", None).await.expect("a worker");
                    made.things.insert("Worker".to_owned(), worker);
                }
                self.liked(town, &made.things["HiringParty"], &made.things["Worker"]).await;
            }
        }
    }

    /// A party keeps a worker as one whom it would take again.
    async fn liked(&self, town: &Town, party: &Value, worker: &Value) {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let id = |kind, value| this(&ctx, kind, value).expect("an id of this city");
        let (party, worker) = (id("HiringParty", party), id("Worker", worker));
        let done: Result<(), Stop<Never>> = ctx
            .transact(&SETTLE, |tx| async move {
                let (id, since) = (tx.ctx().new_id(), tx.ctx().now());
                let row = favourite::ActiveModel {
                    id: Set(id),
                    party_id: Set(party),
                    worker_id: Set(worker),
                    since: Set(since),
                };
                favourite::Entity::insert(row).exec_without_returning(&tx).await?;
                Ok(())
            })
            .await;
        done.map_err(Stop::into_fault).expect("it is kept");
    }

    /// A thing of hiring, of this kind.
    async fn hired(&self, house: &House, town: &Town, kind: &str) -> Thing {
        let town = if town.code == PLATFORM { self.town(super::TAIYUAN) } else { town };
        self.standing_market(house, town).await?;
        let id = self.posting(town).await;
        let ctx = self.ctx(town, Actor::System("test")).await;
        let (scope, by_hand) = (ctx.scope(), ChannelKind::Wechat);
        let of = |kind: ChannelKind| channel::Entity::find().filter(channel::Column::Kind.eq(kind));
        let kind_of = match kind {
            "PrintedChannel" => ChannelKind::Printed,
            "ScreenChannel" => ChannelKind::HallScreen,
            _ => by_hand,
        };
        let channel = of(kind_of).one(&scope).await.expect("channels are read").expect("the channel is there");
        let found = match kind {
            "Posting" => (ctx.gid("Posting", id), json!(1)),
            "ChannelDelivery" => {
                let delivery = channel_delivery::Entity::find()
                    .filter(channel_delivery::Column::PostingId.eq(id))
                    .filter(channel_delivery::Column::ChannelId.eq(channel.id))
                    .one(&scope)
                    .await
                    .expect("deliveries are read")
                    .expect("it waits for a hand");
                (ctx.gid("ChannelDelivery", delivery.id), json!(delivery.version))
            }
            _ => (ctx.gid("Channel", channel.id), json!(channel.version)),
        };
        Ok((json!(found.0.to_string()), found.1))
    }
}

/// The row that a global id of this city names.
fn this(ctx: &Ctx, kind: &'static str, value: &Value) -> Result<Uuid, String> {
    let text = value.as_str().unwrap_or_default().to_owned();
    ctx.parse_id(kind, &async_graphql::ID(text)).map_err(|e| format!("{kind}: {e}"))
}
