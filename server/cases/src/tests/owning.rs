//! Whose a case is: 首问负责, and a hand-over that counts once it is accepted.

use super::*;

#[tokio::test]
async fn the_first_official_who_takes_a_case_owns_it() {
    let town = Town::new().await;
    let (case, _) = town.appealed().await;
    let taken = take(&town.li, &case).await;
    assert_eq!(
        (&taken["status"], &taken["owner"]["name"], &taken["version"]),
        (&json!("ACCEPTED"), &json!("liming"), &json!(2))
    );
    let before = everything(&town).await;
    let late = take(&town.wang, &case).await;
    assert_eq!(why(&late), ("TAKEN", "id"), "{late}");
    assert_eq!(why(&take(&town.li, &taken).await), ("YOURS", "id"));
    // Neither the supervisor nor another county nor the person takes one; what one does not see is not found.
    assert_eq!(take(&town.supervisor, &case).await, json!({ "error": "FORBIDDEN" }));
    assert_eq!(take(&town.worker, &case).await, json!({ "error": "FORBIDDEN" }));
    assert_eq!(take(&town.zhao, &case).await, json!({ "error": "NOT_FOUND" }));
    let stranger = town.house.stranger(TAIYUAN).await.unwrap();
    assert_eq!(take(&stranger, &case).await, json!({ "error": "UNAUTHENTICATED" }));
    assert_eq!(everything(&town).await, before, "nothing changed");
    let (other, _) = town.appealed().await;
    let stale = json!({ "id": other["id"], "version": 7 });
    assert_eq!(why(&take(&town.wang, &stale).await), ("CONFLICT", "version"));
}

#[tokio::test]
async fn the_same_key_takes_a_case_once() {
    let town = Town::new().await;
    let (case, _) = town.appealed().await;
    let with_key = || send(&town.li, "takeCase", &case, ", idempotencyKey: \"k1\"");
    let (once, twice) = (with_key().await, with_key().await);
    assert_eq!((once["version"].clone(), once.clone()), (json!(2), twice));
    assert_eq!(course(&town.li, &case).await, ["TAKEN", "OPENED"]);
}

#[tokio::test]
async fn a_hand_over_counts_once_it_is_accepted() {
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.wang).await;
    let offered = hand_over(&town.wang, &taken, &town.li).await;
    assert_eq!(
        (&offered["owner"]["name"], &offered["offeredTo"]["name"]),
        (&json!("wang"), &json!("liming")),
        "still his"
    );
    let letters = town.letters("cases.offered").await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].1.contains("SS-20261126-0001") && letters[0].2.contains("2026-12-03"), "{letters:?}");
    let before = everything(&town).await;
    assert_eq!(why(&accept(&town.wang, &offered).await), ("NOT_OFFERED", "id"));
    assert_eq!(accept(&town.zhao, &offered).await, json!({ "error": "NOT_FOUND" }));
    assert_eq!(why(&uphold(&town.li, &offered).await), ("NOT_OWNER", "id"));
    assert_eq!(why(&accept(&town.li, &taken).await), ("CONFLICT", "version"));
    assert_eq!(everything(&town).await, before);
    let accepted = accept(&town.li, &offered).await;
    assert_eq!((&accepted["owner"]["name"], &accepted["offeredTo"]), (&json!("liming"), &json!(null)), "{accepted}");
    let fields = "timeline { edges { node { kind actor { name } other { name } internal } } }";
    let seen = town.case(&taken, fields).await;
    let entries: Vec<Value> =
        seen["timeline"]["edges"].as_array().unwrap().iter().map(|edge| edge["node"].clone()).collect();
    let entry = |kind: &str, actor: &str, other: Value, internal: bool| json!({ "kind": kind, "actor": { "name": actor }, "other": other, "internal": internal });
    let expected = [
        entry("HANDED_OVER", "liming", json!({ "name": "wang" }), false),
        entry("OFFERED", "wang", json!({ "name": "liming" }), true),
        entry("TAKEN", "wang", json!(null), false),
        entry("OPENED", "worker", json!(null), false),
    ];
    assert_eq!(entries, expected);
}

#[tokio::test]
async fn whoever_hands_a_case_over_finds_who_may_take_it() {
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.wang).await;
    let names = async |ctx: &Ctx, id: &Value, search: Value| {
        let question = "query($id: ID!, $s: String) { caseColleagues(id: $id, search: $s) { id name } }";
        let answer = ask(ctx, question, json!({ "id": id, "s": search })).await;
        let all = answer["caseColleagues"].as_array().cloned();
        all.map(|all| all.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()).ok_or(answer)
    };
    let id = &taken["id"];
    assert_eq!(
        names(&town.wang, id, json!(null)).await.unwrap(),
        ["liming"],
        "not another county's, not who only reads"
    );
    assert_eq!(names(&town.li, id, json!("WAN")).await.unwrap(), ["wang"]);
    assert_eq!(names(&town.li, id, json!("chen")).await.unwrap(), [""; 0]);
    let nothing = json!({ "caseColleagues": null });
    let nobody = json!(town.wang.gid("Case", Uuid::from_u128(404)).to_string());
    for (who, id) in [(&town.zhao, id), (&town.wang, &nobody)] {
        assert_eq!(names(who, id, json!(null)).await, Err(nothing.clone()), "what one does not see is not found");
    }
    for who in [&town.supervisor, &town.worker] {
        assert_eq!(names(who, id, json!(null)).await, Err(json!({ "error": "FORBIDDEN" })));
    }
}

#[tokio::test]
async fn a_case_is_offered_by_its_owner_to_somebody_else_who_may_handle_it_there() {
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.wang).await;
    let before = everything(&town).await;
    assert_eq!(why(&hand_over(&town.wang, &taken, &town.wang).await), ("TO_YOURSELF", "to"));
    for (who, name) in
        [(&town.zhao, "another county's"), (&town.supervisor, "who only reads"), (&town.worker, "nobody's")]
    {
        assert_eq!(why(&hand_over(&town.wang, &taken, who).await), ("NOT_AN_OFFICIAL", "to"), "{name}");
    }
    assert_eq!(why(&hand_over(&town.li, &taken, &town.wang).await), ("NOT_OWNER", "id"));
    let nobody = town.wang.gid("Account", Uuid::from_u128(404)).to_string();
    let unknown = send(&town.wang, "handOverCase", &taken, &format!(", to: \"{nobody}\"")).await;
    assert_eq!(unknown, json!({ "error": "NOT_FOUND" }));
    assert_eq!(everything(&town).await, before);
    // Another offer takes the place of the first.
    let chen = person(&town.house, "chen", Some(county(XIAODIAN))).await.unwrap();
    let first = hand_over(&town.wang, &taken, &town.li).await;
    let second = hand_over(&town.wang, &first, &chen).await;
    assert_eq!(second["offeredTo"]["name"], "chen");
    assert_eq!(why(&accept(&town.li, &second).await), ("NOT_OFFERED", "id"));
    assert_eq!(accept(&chen, &second).await["owner"]["name"], "chen");
}

#[tokio::test]
async fn a_case_whose_owner_left_can_be_taken_again() {
    use sea_orm::sea_query::Expr;
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.li).await;
    assert_eq!(why(&take(&town.wang, &taken).await), ("TAKEN", "id"));
    let li = id_of(&town.li);
    let gone: Result<(), kernel::Stop<kernel::Never>> = town
        .itself()
        .await
        .transact(&testing::MAKE, |tx| async move {
            entities::account::Entity::update_many()
                .col_expr(entities::account::Column::Status, Expr::value("DISABLED"))
                .filter(entities::account::Column::Id.eq(li))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    gone.map_err(kernel::Stop::into_fault).unwrap();
    let again = take(&town.wang, &taken).await;
    assert_eq!((&again["owner"]["name"], &again["version"]), (&json!("wang"), &json!(3)), "{again}");
}

#[tokio::test]
async fn notes_are_for_colleagues_and_change_nothing_of_the_case() {
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.wang).await;
    let noted = note(&town.li, &taken, " 已电话核实，当天确有签到 ").await;
    assert_eq!((&noted["version"], &noted["owner"]["name"]), (&json!(2), &json!("wang")), "{noted}");
    let fields = "timeline(first: 1) { edges { node { kind title note internal actor { name } } } }";
    let node = json!({ "kind": "NOTED", "title": "内部备注", "note": "已电话核实，当天确有签到", "internal": true,
        "actor": { "name": "liming" } });
    assert_eq!(town.case(&taken, fields).await["timeline"]["edges"][0]["node"], node);
    assert_eq!(look(&town.supervisor, &taken, fields).await["timeline"]["edges"][0]["node"], node);
    assert_eq!(course(&town.worker, &taken).await, ["TAKEN", "OPENED"], "the person reads no note");
    let before = everything(&town).await;
    assert_eq!(why(&note(&town.li, &taken, "  ").await), ("NOTE_NEEDED", "note"));
    assert_eq!(why(&note(&town.li, &taken, &"长".repeat(1001)).await), ("NOTE_NEEDED", "note"));
    assert_eq!(
        why(&note(&town.li, &json!({ "id": taken["id"], "version": 1 }), "看过了").await),
        ("CONFLICT", "version")
    );
    assert_eq!(note(&town.supervisor, &taken, "请抓紧").await, json!({ "error": "FORBIDDEN" }));
    assert_eq!(note(&town.worker, &taken, "请抓紧").await, json!({ "error": "FORBIDDEN" }));
    assert_eq!(everything(&town).await, before);
}
