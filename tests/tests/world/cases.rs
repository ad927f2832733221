//! Cases of a city (造办件): no mutation opens one, so they are opened through the front door, with the kind that the engine's
//! own tests use, and brought to where a field can be about them.

use cases::Opener;
use cases::testing::appealed;
use kernel::ctx::{AccountActor, Via};
use kernel::policy::{Held, ScopeKind};
use kernel::{Actor, Ctx};
use people::{NewAccount, NewRole};
use serde_json::json;
use uuid::Uuid;

use super::make::Thing;
use super::{SPARE, Town, World};

/// Who handles cases in this world.
const BUREAU: &str = "bureau";
const OFFICER: &str = "bureau_officer";

impl World {
    fn caller(town: &Town, name: &str) -> Actor {
        town.callers.iter().find(|c| c.name == name).expect("somebody of this world").actor.clone()
    }

    async fn caller_ctx(&self, town: &Town, name: &str) -> Ctx {
        self.ctx(town, Self::caller(town, name)).await
    }

    /// A case that [`SPARE`] opened, which the bureau owns or is offered where `field` wants it.
    pub(super) async fn case(&self, town: &Town, field: &str) -> Thing {
        let house = self.ctx(town, Actor::System("test")).await;
        let spare = Self::caller(town, SPARE).account_id().expect("an account");
        let opened = appealed(&house, None, Opener::Account(spare), "我当天六点半就到了").await;
        let (id, _) = opened.map_err(|fault| format!("a case: {fault:?}"))?;
        let version = match field {
            "decideCase" | "handOverCase" => self.taken(town, id).await?,
            "acceptCase" => self.offered(town, id).await?,
            _ => 1,
        };
        Ok((json!(house.gid("Case", id).to_string()), json!(version)))
    }

    /// The bureau takes a case.
    async fn taken(&self, town: &Town, id: Uuid) -> Result<i32, String> {
        let bureau = self.caller_ctx(town, BUREAU).await;
        let taken = cases::take_case(&bureau, id, 1, None).await;
        taken.map(|done| done.version).map_err(|stop| format!("taking a case: {stop:?}"))
    }

    /// A colleague takes a case and offers it to the bureau.
    async fn offered(&self, town: &Town, id: Uuid) -> Result<i32, String> {
        let (colleague, actor) = self.colleague(town).await;
        let ctx = self.ctx(town, actor).await;
        let bureau = Self::caller(town, BUREAU).account_id().expect("an account");
        let taken = cases::take_case(&ctx, id, 1, None).await.map_err(|stop| format!("{colleague} takes: {stop:?}"))?;
        let offered = cases::hand_over_case(&ctx, id, taken.version, bureau, None).await;
        offered.map(|done| done.version).map_err(|stop| format!("{colleague} offers: {stop:?}"))
    }

    /// Another officer of the bureau.
    async fn colleague(&self, town: &Town) -> (Uuid, Actor) {
        let name = format!("officer{}", self.next());
        let new = NewAccount { roles: vec![NewRole::city(OFFICER)], ..NewAccount::named(&name, &name) };
        let new = NewAccount { password: Some(self.password.clone()), ..new };
        let id = super::account(&self.kernel, town.code, new).await;
        let held = Held { role: OFFICER.to_owned(), kind: ScopeKind::City, key: String::new(), until: None };
        let via = Via::Session(Uuid::nil());
        (id, Actor::Account(AccountActor { id, username: name, held: [held].into(), via, restricted: false }))
    }

    /// An account that has to do with cases: one to whom a case can be handed over, or the owner of one.
    pub(super) async fn official(&self, town: &Town, field: &str) -> Thing {
        let id = if field == "cases" {
            self.case(town, "decideCase").await?;
            Self::caller(town, BUREAU).account_id().expect("an account")
        } else {
            self.colleague(town).await.0
        };
        let ctx = self.ctx(town, Actor::System("test")).await;
        Ok((json!(ctx.gid("Account", id).to_string()), json!(1)))
    }
}
