//! The list (清单): every chapter and plugin, by hand. A missing line is a missing feature that somebody sees in review;
//! nothing is discovered.

use async_graphql::{MergedObject, MergedSubscription};
use kernel::Kernel;
use kernel::plugin::{Manifest, Plugin};

/// The chapters, which every tenant has, each after those it stands on: its tables may point at theirs.
#[must_use]
pub fn chapters() -> Vec<Manifest> {
    vec![
        kernel::house::manifest(),
        people::manifest(),
        markets::manifest(),
        cases::manifest(),
        hiring::manifest(),
        oversight::manifest(),
    ]
}

/// The plugins, which tenants and markets switch on and off.
#[must_use]
pub fn plugins() -> Vec<Plugin> {
    Vec::new()
}

/// What all of them add: chapters, then plugins.
#[must_use]
pub fn manifests() -> Vec<Manifest> {
    let mut all = chapters();
    all.extend(plugins().into_iter().map(|p| p.manifest));
    all
}

/// What chapters tell each other once the house stands: where the objects of each are.
pub fn teach(kernel: &Kernel) {
    people::teach(kernel);
    markets::teach(kernel);
    hiring::teach(kernel);
}

/// All root fields to read. The last are looked at first: what a morning asks for stands there.
#[derive(MergedObject, Default)]
pub struct Query(
    crate::node::NodeQuery,
    kernel::house::HouseQuery,
    oversight::OversightQuery,
    cases::CasesQuery,
    people::PeopleQuery,
    people::PartiesQuery,
    people::CitizensQuery,
    people::WorkersQuery,
    markets::MarketsQuery,
    hiring::HiringQuery,
);

/// All root fields to write, in the same order.
#[derive(MergedObject, Default)]
pub struct Mutation(
    kernel::house::HouseMutation,
    oversight::OversightMutation,
    cases::CasesMutation,
    people::PeopleMutation,
    people::PartiesMutation,
    markets::MarketsMutation,
    hiring::HiringMutation,
);

/// All root fields to watch.
#[derive(MergedSubscription, Default)]
pub struct Subscription(kernel::house::HouseSubscription);

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::clock::ManualClock;
    use kernel::config::Config;
    use kernel::kernel::NewTenant;
    use kernel::policy::ScopeKind;
    use kernel::{Actor, Lang, Stop};
    use markets::testing::{CITY, bureau, by, market, officer_of};
    use people::{CreateAccount, HashedPassword, NewAccount, NewRole};
    use uuid::Uuid;

    use super::*;

    /// Taiyuan with everything that is in the house.
    async fn taiyuan(dir: &std::path::Path) -> Arc<Kernel> {
        let mut config = Config::load(None, std::iter::empty()).unwrap();
        config.data_dir = dir.to_owned();
        config.people.staff_totp = false;
        let clock = ManualClock::at("2026-11-23T02:00:00Z".parse().unwrap());
        let kernel = crate::boot::kernel_with(config, Arc::new(clock)).unwrap();
        kernel.ensure_platform(None).await.unwrap();
        let city = NewTenant {
            code: CITY.to_owned(),
            slug: "taiyuan".to_owned(),
            name_zh: "太原市".to_owned(),
            name_en: "Taiyuan".to_owned(),
            hotline: None,
        };
        kernel.create_tenant(city, None).await.unwrap();
        kernel
    }

    #[tokio::test]
    async fn who_may_list_a_market_is_explained_at_that_market() {
        let dir = tempfile::TempDir::new().unwrap();
        let kernel = taiyuan(dir.path()).await;
        let county = NewRole { role: "county_officer", kind: ScopeKind::County, key: "140105".to_owned() };
        let password = Some(HashedPassword::of("Bench-4-Two-Hall").await.unwrap());
        let new = NewAccount { roles: vec![county], password, ..NewAccount::named("county", "小店区经办人") };
        let house = kernel.ctx(CITY, Actor::System("test"), Lang::Zh).await.unwrap();
        let made: Result<Uuid, Stop<CreateAccount>> = house
            .transact(&people::policy::CREATE_ACCOUNT, |tx| async move { people::create_account(&tx, new).await })
            .await;
        let account = house.gid("Account", made.unwrap());
        let clerk = by(&kernel, bureau()).await.unwrap();
        let listed = markets::register_market(&clerk, market("小店区零工市场"), None).await.unwrap();
        let object = house.gid("Market", listed.id);
        let query = format!(
            "{{ explainAccess(accountId: \"{}\", action: \"market.amend\", objectId: \"{}\") {{ allowed }} }}",
            account.as_str(),
            object.as_str()
        );
        let security = officer_of(9, "security_admin", ScopeKind::City, "");
        let ctx = by(&kernel, security).await.unwrap();
        let answer = crate::schema::build().execute(async_graphql::Request::new(query).data(ctx)).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        assert_eq!(answer.data.into_json().unwrap(), serde_json::json!({"explainAccess": {"allowed": true}}));
    }

    #[tokio::test]
    async fn a_node_is_what_its_own_query_gives_and_nothing_to_whoever_may_not_see_it() {
        let dir = tempfile::TempDir::new().unwrap();
        let kernel = taiyuan(dir.path()).await;
        let clerk = by(&kernel, bureau()).await.unwrap();
        let listed = markets::register_market(&clerk, market("小店区零工市场"), None).await.unwrap();
        let id = clerk.gid("Market", listed.id);
        let ask = async |ctx: kernel::Ctx, id: &str| {
            let query = format!("{{ node(id: \"{id}\") {{ __typename ... on Market {{ id displayName }} }} }}");
            let answer = crate::schema::build().execute(async_graphql::Request::new(query).data(ctx)).await;
            assert!(answer.errors.is_empty(), "{:?}", answer.errors);
            answer.data.into_json().unwrap()["node"].clone()
        };
        let found = serde_json::json!({ "__typename": "Market", "id": id.as_str(), "displayName": "小店区零工市场" });
        assert_eq!(ask(clerk.clone(), id.as_str()).await, found);
        let elsewhere = officer_of(8, "county_officer", ScopeKind::County, "140106");
        let elsewhere = by(&kernel, elsewhere).await.unwrap();
        assert_eq!(ask(elsewhere, id.as_str()).await, serde_json::Value::Null);
        let foreign = kernel::ids::GlobalId::new("Market", "140200", listed.id).encode();
        for id in [foreign.as_str(), "nonsense", clerk.gid("Zone", listed.id).as_str()] {
            assert_eq!(ask(clerk.clone(), id).await, serde_json::Value::Null, "{id}");
        }
    }
}
