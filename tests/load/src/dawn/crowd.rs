//! Who is up at dawn (清晨的人): the workers, hiring parties and postings of a province, and the sessions of those who take part.

use chrono::{DateTime, Duration, Utc};
use entities::{party_member, worker};
use hiring::MadeUpPostings;
use kernel::crypto::hash::{random_token, sha256};
use kernel::divisions::Divisions;
use kernel::trades::Trades;
use kernel::{Action, Actor, Ctx, Fault, Lang, Never, Stop, Tx};
use people::{CITIZEN_PREFIX, MadeUp};
use sea_orm::sea_query::{Alias, Query, SimpleExpr};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, QueryOrder as _, QuerySelect as _, Set};
use uuid::Uuid;

use super::Dawn;
use crate::Result;
use crate::place::{CITY, Place};

/// Opening the sessions of the load.
static OPEN: Action = Action::new("load", "dawn", "建立压测会话", "Open the sessions of a load");

/// Rows in one statement.
const AT_ONCE: usize = 500;

/// A city, and who takes part there.
pub(crate) struct Town {
    pub(crate) slug: String,
    /// Tokens of seekers.
    pub(crate) seekers: Vec<String>,
    /// Tokens of those who act for a hiring party, with the party's id.
    pub(crate) posters: Vec<(String, String)>,
}

/// Fills the cities of the demo: the biggest has three tenths of everything.
pub(crate) async fn fill(place: &Place, dawn: &Dawn) -> Result<Vec<Town>> {
    let kernel = place.kernel(2)?;
    let mut towns = Vec::new();
    let mut tenants = kernel.all_tenants().await?;
    tenants.retain(|tenant| !tenant.is_platform());
    tenants.sort_by_key(|tenant| tenant.code != CITY);
    for tenant in tenants {
        let ctx = kernel.ctx(&tenant.code, Actor::System("seed"), Lang::Zh).await?;
        let share = |of: u32| if tenant.code == CITY { of * 3 / 10 } else { of * 7 / 100 };
        crowd(&ctx, [dawn.workers, dawn.parties, dawn.postings].map(share)).await?;
        towns.push(up(&ctx, share(dawn.seekers)).await?);
        kernel.store.close(&tenant.code).await?;
    }
    kernel.store.close(kernel::store::PLATFORM).await?;
    Ok(towns)
}

async fn crowd(ctx: &Ctx, [workers, parties, postings]: [u32; 3]) -> Result<()> {
    let counties = Divisions::standard().children(&ctx.tenant().code);
    let counties = counties.iter().filter(|d| !d.statistical_zone).map(|d| d.code.clone()).collect();
    let trades: Vec<(String, String)> =
        Trades::standard().search("").iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
    let codes = trades.iter().map(|(code, _)| code.clone()).collect();
    let parties = people::seed_people(ctx, &MadeUp { workers, parties, counties, trades: codes }).await?;
    let markets = markets::all_of(ctx).await?;
    hiring::seed_postings(ctx, &MadeUpPostings { postings, parties, markets, trades }).await?;
    Ok(())
}

/// Opens sessions: of so many workers, and of a tenth as many who act for a hiring party.
async fn up(ctx: &Ctx, seekers: u32) -> Result<Town> {
    let posters = (seekers / 10).max(1);
    let of = worker::Entity::find().select_only().column(worker::Column::CitizenId);
    let of = of.order_by_desc(worker::Column::Id).limit(u64::from(seekers + posters));
    let citizens: Vec<Uuid> = of.into_tuple().all(&ctx.scope()).await?;
    let parties: Vec<Uuid> = entities::hiring_party::Entity::find()
        .select_only()
        .column(entities::hiring_party::Column::Id)
        .order_by_desc(entities::hiring_party::Column::Id)
        .limit(u64::from(posters))
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let acting = citizens.len().min(parties.len());
    let members: Vec<(Uuid, Uuid)> = citizens.iter().copied().zip(parties.iter().copied()).collect();
    let (citizens, members) = (&citizens, &members);
    let done: Result<Vec<String>, Stop<Never>> =
        ctx.transact(&OPEN, |tx| async move { Ok(open(&tx, citizens, members).await?) }).await;
    let mut tokens = done.map_err(Stop::into_fault)?;
    let seekers = tokens.split_off(acting);
    let gid = |party: &Uuid| ctx.gid("HiringParty", *party).to_string();
    let posters = tokens.into_iter().zip(parties.iter().map(gid)).collect();
    let slug = ctx.tenant().slug.clone();
    Ok(Town { slug, seekers, posters })
}

async fn open(tx: &Tx, citizens: &[Uuid], members: &[(Uuid, Uuid)]) -> Result<Vec<String>, Fault> {
    let now = tx.ctx().now();
    let mut tokens = Vec::new();
    for some in citizens.chunks(AT_ONCE) {
        let mut insert = Query::insert();
        insert
            .into_table(Alias::new("citizen_session"))
            .columns(["id", "citizen_id", "token_hash", "created_at", "last_used_at", "expires_at"].map(Alias::new));
        for citizen in some {
            let random = random_token().map_err(Fault::of("make a token"))?;
            let token = format!("{CITIZEN_PREFIX}{}_{random}", tx.ctx().tenant().code);
            insert.values_panic(session(tx.ctx(), *citizen, &token, now));
            tokens.push(token);
        }
        tx.execute(&insert).await?;
    }
    let acting = |(citizen, party): &(Uuid, Uuid)| party_member::ActiveModel {
        id: Set(tx.ctx().new_id()),
        party_id: Set(*party),
        citizen_id: Set(*citizen),
        authorised: Set("OWNER".to_owned()),
        since: Set(now),
        ended_at: Set(None),
    };
    for some in members.chunks(AT_ONCE) {
        party_member::Entity::insert_many(some.iter().map(acting)).exec_without_returning(tx).await?;
    }
    Ok(tokens)
}

fn session(ctx: &Ctx, citizen: Uuid, token: &str, now: DateTime<Utc>) -> [SimpleExpr; 6] {
    let hash = sha256(token.as_bytes()).to_vec();
    [ctx.new_id().into(), citizen.into(), hash.into(), now.into(), now.into(), (now + Duration::days(1)).into()]
}
