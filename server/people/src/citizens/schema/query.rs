//! What can be read of citizens.

use async_graphql::{Context, ID, Object};
use entities::{hiring_party, party_member};
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Place};
use sea_orm::{ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::types::{self, Citizen, CitizenViewer, PartyMembership, PartyRight, PrivacyNotice};
use crate::citizens::rows::citizen_session;
use crate::citizens::{notice, policy, store};
use crate::schema::types::City;
use crate::workers::schema::worker::Worker;
use crate::workers::store::load;

/// What can be read of citizens.
#[derive(Default)]
pub struct CitizensQuery;

#[Object]
impl CitizensQuery {
    /// The citizen who is signed in, what it works at and for whom it acts (当前个人用户); null for everybody else.
    async fn citizen_viewer(&self, gql: &Context<'_>) -> Answer<CitizenViewer> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, viewer(ctx).await)
    }

    /// The privacy notice in force, or an earlier version by its name (个人信息处理告知书); null where there is none of that name.
    async fn privacy_notice(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The version; the one in force where nothing is said (版本)")] version: Option<String>,
    ) -> Option<PrivacyNotice> {
        let notice = match version {
            Some(version) => notice::of_version(&version)?,
            None => notice::current(),
        };
        Some(PrivacyNotice { version: notice.version.to_owned(), text: notice.text(gql::ctx(gql)) })
    }

    /// A citizen, masked (个人用户).
    async fn citizen(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The citizen (个人用户标识)")] id: ID,
    ) -> Answer<Citizen> {
        let ctx = gql::ctx(gql);
        let found = async {
            let id = ctx.parse_id("Citizen", &id)?;
            if ctx.actor().citizen_id() != Some(id) {
                ctx.require(&policy::READ, &Place::city()).await?;
            }
            types::citizen(ctx, id).await
        };
        gql::found(ctx, found.await)
    }
}

/// Who is signed in; *not found* for everybody but a citizen.
pub(crate) async fn viewer(ctx: &Ctx) -> Result<CitizenViewer, Fault> {
    let me = ctx.citizen().map_err(|_| Fault::NotFound)?;
    let scope = ctx.scope();
    let row = store::citizen(&scope, me.id).await?;
    let session = citizen_session::Entity::find_by_id(me.session).one(&scope).await?.ok_or(Fault::NotFound)?;
    let worker = load::of_citizen(&scope, me.id).await?;
    Ok(CitizenViewer {
        worker: worker.map(Worker::one),
        parties: parties(ctx, me.id).await?,
        session_ends_at: gql::moment(session.expires_at),
        tenant: City::from(ctx.tenant()),
        citizen: Citizen::new(row),
    })
}

/// For whom a citizen acts, in one statement.
async fn parties(ctx: &Ctx, citizen: Uuid) -> Result<Vec<PartyMembership>, Fault> {
    let to_party = party_member::Entity::belongs_to(hiring_party::Entity)
        .from(party_member::Column::PartyId)
        .to(hiring_party::Column::Id)
        .into();
    let rows = party_member::Entity::find()
        .filter(party_member::Column::CitizenId.eq(citizen))
        .filter(party_member::Column::EndedAt.is_null())
        .join(JoinType::InnerJoin, to_party)
        .select_also(hiring_party::Entity)
        .order_by_asc(party_member::Column::Id)
        .all(&ctx.scope())
        .await?;
    let membership = |(member, party): (party_member::Model, Option<hiring_party::Model>)| {
        let party = party?;
        Some(PartyMembership {
            member_id: ctx.gid("PartyMember", member.id),
            party_id: ctx.gid("HiringParty", party.id),
            display_name: party.display_name,
            status: party.status,
            right: if member.authorised == "OWNER" { PartyRight::Owner } else { PartyRight::Agent },
            since: gql::moment(member.since),
        })
    };
    Ok(rows.into_iter().filter_map(membership).collect())
}
