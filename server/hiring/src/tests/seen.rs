//! Who sees which postings: a list shows what a look at one of its rows would.

use entities::hiring_party;
use kernel::policy::ScopeKind;
use markets::testing::{officer, officer_of};

use super::*;

#[tokio::test]
async fn lists_and_single_postings_show_the_same_to_everybody() {
    let town = Town::new().await;
    let market = testing::market(&town.bureau, "坞城零工市场").await.unwrap();
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let at_market = testing::posted(&town.bureau, testing::form_at(&town.bureau, town.party, market)).await.unwrap();
    let nowhere = town.published().await;
    let manager = town.by(testing::manager(agency)).await;
    let of_agency = testing::posted(&manager, testing::form(&manager, lead)).await.unwrap();
    let elsewhere =
        crate::PostingInput { county: Some("140106".to_owned()), ..testing::form(&town.bureau, town.party) };
    let elsewhere = testing::posted(&town.bureau, elsewhere).await.unwrap();
    let all = [at_market, nowhere, of_agency, elsewhere];
    let owner = town.member(town.party).await;
    let who = [
        ("bureau", town.by(testing::bureau()).await, vec![at_market, nowhere, of_agency, elsewhere]),
        (
            "county",
            town.by(officer("county_officer", ScopeKind::County, "140105")).await,
            vec![at_market, nowhere, of_agency],
        ),
        ("other county", town.by(officer("county_officer", ScopeKind::County, "140106")).await, vec![elsewhere]),
        ("staff", town.by(officer("market_staff", ScopeKind::Market, &market.to_string())).await, vec![at_market]),
        // The market is run by the bureau: a volunteer's role there reads nothing.
        ("volunteer", town.by(officer("volunteer_lead", ScopeKind::Market, &market.to_string())).await, Vec::new()),
        ("agency", manager, vec![of_agency]),
        ("owner", owner, vec![at_market, nowhere, elsewhere]),
        (
            "supervisor",
            town.by(officer("supervisor", ScopeKind::City, "")).await,
            vec![at_market, nowhere, of_agency, elsewhere],
        ),
    ];
    for (name, ctx, mut expected) in who {
        let listed = ask(&ctx, "{ postings(first: 50) { edges { node { id } } } }").await;
        let edges = listed["postings"]["edges"].as_array().unwrap();
        let id = |node: &Value| {
            ctx.parse_id("Posting", &async_graphql::ID(node["id"].as_str().unwrap().to_owned())).unwrap()
        };
        let mut seen: Vec<Uuid> = edges.iter().map(|edge| id(&edge["node"])).collect();
        seen.sort_unstable();
        expected.sort_unstable();
        assert_eq!(seen, expected, "{name}");
        for posting in all {
            let there = !stands(&ctx, posting).await.is_null();
            assert_eq!(there, expected.contains(&posting), "{name}");
        }
    }
    let developer = town.by(officer("developer", ScopeKind::City, "")).await;
    assert_eq!(error(&developer, "{ postings { edges { node { id } } } }").await, "FORBIDDEN");
    assert_eq!(
        error(&town.by(Actor::Anonymous).await, "{ postings { edges { node { id } } } }").await,
        "UNAUTHENTICATED"
    );
}

#[tokio::test]
async fn a_volunteers_role_enters_nothing_at_a_public_market() {
    let town = Town::new().await;
    let market = testing::market(&town.bureau, "坞城零工市场").await.unwrap();
    let team = town.by(officer("volunteer_lead", ScopeKind::Market, &market.to_string())).await;
    let known = town.party(NewParty { market: Some(market), ..NewParty::verified("街边小店") }).await;
    let refused =
        save(&team, with(form(&team, known), "marketId", json!(team.gid("Market", market).to_string()))).await;
    assert_eq!(refused["error"], "NOT_FOUND", "{refused}");
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 0);
}

/// Makes a market that volunteers run, and a party in the fast lane that one of them entered.
async fn street_corner(town: &Town, volunteer: Uuid) -> (Uuid, Uuid) {
    use sea_orm::sea_query::{Alias, Expr, Query};
    use sea_orm::{ColumnTrait as _, ConnectionTrait as _, ExprTrait as _, QueryFilter as _};
    let market = testing::market(&town.bureau, "街角零工市场").await.unwrap();
    let known = town.party(NewParty { market: Some(market), ..NewParty::fast("街边小店") }).await;
    let entered = hiring_party::Entity::update_many()
        .col_expr(hiring_party::Column::RegisteredBy, Expr::value(volunteer))
        .filter(hiring_party::Column::Id.eq(known));
    let run = Query::update()
        .table(Alias::new("market"))
        .value(Alias::new("operator_kind"), markets::OperatorKind::VolunteerTeam.code())
        .and_where(Expr::col(Alias::new("id")).eq(market))
        .to_owned();
    let made = testing::arrange(&town.bureau, |tx| async move {
        tx.execute(&run).await?;
        entered.exec(&tx).await?;
        Ok(())
    });
    made.await.unwrap();
    (market, known)
}

#[tokio::test]
async fn volunteers_propose_and_the_county_publishes() {
    let town = Town::new().await;
    let account = |actor: &Actor| actor.account_id().unwrap();
    let lead = |number: u128, market: &str| officer_of(number, "volunteer_lead", ScopeKind::Market, market);
    let (market, known) = street_corner(&town, account(&lead(9, ""))).await;
    let at_market = market.to_string();
    let (team, other) = (town.by(lead(9, &at_market)).await, town.by(lead(10, &at_market)).await);
    let wanted = |ctx: &Ctx| with(form(ctx, known), "marketId", json!(ctx.gid("Market", market).to_string()));
    assert_eq!(save(&other, wanted(&other)).await["error"], "NOT_FOUND", "somebody else entered the party");
    let made = save(&team, wanted(&team)).await;
    assert_eq!(made["status"], "DRAFT", "{made}");
    let proposed = step(&team, "submitPosting", &made, &[]).await;
    assert_eq!(proposed["status"], "IN_REVIEW", "no fast lane for what volunteers hand in: {proposed}");
    let pass = [("decision", "ReviewDecision!", json!("PUBLISH"))];
    let why = [("reason", "String!", json!("重复"))];
    assert_eq!(step(&team, "reviewPosting", &proposed, &pass).await["error"], "FORBIDDEN");
    assert_eq!(step(&team, "withdrawPosting", &proposed, &why).await["error"], "FORBIDDEN");
    let elsewhere = town.by(officer("county_officer", ScopeKind::County, "140106")).await;
    assert_eq!(step(&elsewhere, "reviewPosting", &proposed, &pass).await["error"], "NOT_FOUND");
    let county = town.by(officer("county_officer", ScopeKind::County, "140105")).await;
    let passed = step(&county, "reviewPosting", &proposed, &pass).await;
    assert_eq!(passed["status"], "PUBLISHED", "{passed}");
}

#[tokio::test]
async fn market_staff_publish_at_their_market_and_a_page_costs_the_same_however_long_it_is() {
    let town = Town::new().await;
    let market = testing::market(&town.bureau, "坞城零工市场").await.unwrap();
    let staff = officer("market_staff", ScopeKind::Market, &market.to_string());
    let known = town.party(NewParty { market: Some(market), ..NewParty::fast("街边小店") }).await;
    for _ in 0..4 {
        let ctx = town.by(staff.clone()).await;
        testing::posted(&ctx, testing::form_at(&ctx, known, market)).await.unwrap();
    }
    let counted = async |first: i32| {
        let ctx = town.by(staff.clone()).await;
        let question = format!(
            "{{ postings(first: {first}) {{ edges {{ node {{ id partyName marketName placesLeft findings {{ rule }} \
             history {{ title }} engagementCounts {{ count }} agency {{ name }} reviewDueAt }} }} }} }}"
        );
        ask(&ctx, &question).await;
        ctx.counters().statements()
    };
    counted(1).await;
    assert_eq!(counted(1).await, counted(4).await);
}
