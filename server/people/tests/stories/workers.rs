//! Who works (零工人员): registered by itself or at a counter, found, amended, closed.

use async_graphql::{EmptySubscription, MergedObject, Request, Schema};
use chrono::Duration;
use entities::{citizen, worker, worker_trade};
use kernel::Ctx;
use kernel::checks::RetirementKind;
use kernel::personal::PersonalField;
use people::testing::{self, House, TAIYUAN, code, id_number};
use people::{
    AgeBand, AmendWorker, AmendWorkerInput, CertificateInput, CitizensQuery, ConsentForm, FemaleWorkerKind,
    PeopleMutation, PeopleQuery, PhoneCodePurpose, RegisterWorker, WorkerInput, WorkersQuery, amend_worker,
    close_worker, register_worker, save_certificate, verify_certificate, worker_facts,
};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};
use uuid::Uuid;

use super::common::{HOME, refusal};
use super::counters::{self, COMMERCIAL, PUBLIC, form, signed};

#[derive(MergedObject, Default)]
struct Query(PeopleQuery, CitizensQuery, WorkersQuery);

/// Asks everything that this chapter answers.
pub(crate) async fn ask(ctx: &Ctx, query: &str, variables: Value) -> Value {
    let schema = Schema::build(Query::default(), PeopleMutation::default(), EmptySubscription).finish();
    let request = Request::new(query).variables(serde_json::from_value(variables).unwrap());
    let response = schema.execute(request.data(ctx.clone()).data(HOME.clone())).await;
    serde_json::to_value(&response).unwrap()
}

pub(crate) async fn workers(house: &House) -> Vec<worker::Model> {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    worker::Entity::find().all(&ctx.scope()).await.unwrap()
}

/// Everything that registering writes.
async fn written(house: &House) -> (usize, usize, usize) {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let scope = ctx.scope();
    let citizens = citizen::Entity::find().all(&scope).await.unwrap().len();
    let trades = worker_trade::Entity::find().all(&scope).await.unwrap().len();
    (citizens, workers(house).await.len(), trades)
}

const REGISTER: &str = "mutation($m: ID, $i: WorkerInput!) { registerWorker(marketId: $m, input: $i) { __typename
    ... on Worker { nameMasked phoneMasked idNumberMasked source marketName county countyName radiusKm hours looking ageBand
        mayBeOverAge overAgeIsCertain trades { code name } point { lat lng crs } status version }
    ... on RegisterWorkerRefused { code message field existing { nameMasked } } } }";

#[tokio::test]
async fn whoever_is_signed_in_registers_with_six_fields_and_is_shown_masked() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let me = testing::citizen(&stranger, "13800001234").await.unwrap();
    let ctx = stranger.as_actor(me.actor);
    let input = json!({
        "name": "张三", "idNumber": id_number("1990-03-07", 1), "phone": "无", "trades": ["瓦工", "水电工"], "county": "140105",
        "consent": {"noticeVersion": testing::notice_version(), "how": "ONLINE"},
        "point": {"lat": 37.8712, "lng": 112.5489, "crs": "GCJ02"},
    });
    let done = ask(&ctx, REGISTER, json!({"i": input})).await;
    assert_eq!(
        done["data"]["registerWorker"],
        json!({
            "__typename": "Worker", "nameMasked": "张*", "phoneMasked": "138****1234", "idNumberMasked": "140***********0012",
            "source": "SELF_SERVICE", "marketName": null, "county": "140105", "countyName": "小店区", "radiusKm": 10,
            "hours": ["DAWN", "DAY", "EVENING", "NIGHT"], "looking": true, "ageBand": "ADULT", "mayBeOverAge": false,
            "overAgeIsCertain": true,
            "trades": [{"code": "6-29-01-01", "name": "砌筑工"}, {"code": "6-31-01-03", "name": "电工"},
                {"code": "6-29-03-04", "name": "管工"}],
            "point": {"lat": 37.87, "lng": 112.55, "crs": "GCJ02"}, "status": "ACTIVE", "version": 1,
        }),
        "{done}"
    );
    let again = ask(&ctx, REGISTER, json!({"i": input})).await;
    assert_eq!(again["data"]["registerWorker"]["code"], "SEE_COUNTER");
    assert_eq!(written(&house).await, (1, 1, 3));
}

#[tokio::test]
async fn at_a_counter_a_consent_rests_on_a_paper_a_witness_or_the_persons_own_code() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    counters::at(&house, "colleague", "market_staff", PUBLIC).await;
    counters::at(&house, "elsewhere", "market_staff", COMMERCIAL).await;
    let account = async |name: &str| {
        let ctx = house.itself(TAIYUAN).await.unwrap();
        let all = entities::account::Entity::find().all(&ctx.scope()).await.unwrap();
        all.into_iter().find(|row| row.username == name).unwrap().id
    };
    let register = async |n: u32, phone: &str, consent: ConsentForm| {
        let input = form("李四", &id_number("1985-05-05", n), phone);
        register_worker(&desk, Some(PUBLIC), input, consent, None).await
    };
    let consent = |refused: RegisterWorker| match refused {
        RegisterWorker::Consent { zh, .. } => zh,
        other => panic!("{other:?}"),
    };
    let online = refusal(register(1, "无", ConsentForm::online()).await);
    assert!(consent(online).contains("代办"));
    let alone = refusal(register(1, "无", ConsentForm::spoken(account("desk").await)).await);
    assert!(consent(alone).contains("另一名"));
    let strange = refusal(register(1, "无", ConsentForm::spoken(account("elsewhere").await)).await);
    assert!(consent(strange).contains("另一名"), "who may register elsewhere heard nothing here");
    let outdated = signed(&desk).await.after("2020-01");
    assert!(consent(refusal(register(1, "无", outdated).await)).contains("告知书"));
    let coded = refusal(register(1, "13800001234", ConsentForm::by_code("123456")).await);
    assert!(consent(coded).contains("验证码"));
    assert_eq!(written(&house).await, (0, 0, 0), "nobody was registered");
    register(1, "无", ConsentForm::spoken(account("colleague").await)).await.unwrap();
    let paper = signed(&desk).await;
    register(2, "无", paper.clone()).await.unwrap();
    assert!(consent(refusal(register(3, "无", paper).await)).contains("只用一次"));
    let told = code(&desk, "13800001234", PhoneCodePurpose::Consent).await.unwrap();
    register(3, "13800001234", ConsentForm::by_code(&told)).await.unwrap();
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let proved = citizen::Entity::find().all(&ctx.scope()).await.unwrap();
    assert_eq!(proved.iter().filter(|row| row.phone_proved_at.is_some()).count(), 1, "the code proved the number");
    assert_eq!(written(&house).await, (3, 3, 3));
}

const WITNESSES: &str =
    "query($m: ID, $c: String, $w: ID, $s: String) { witnesses(marketId: $m, county: $c, workerId: $w, search: $s) {
    id name } }";

#[tokio::test]
async fn whoever_needs_a_witness_finds_the_colleagues_who_may_do_the_same_here() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let colleague = counters::at(&house, "colleague", "market_staff", PUBLIC).await;
    let gone = counters::at(&house, "gone", "market_staff", PUBLIC).await;
    counters::at(&house, "elsewhere", "market_staff", COMMERCIAL).await;
    counters::officer(&house, "auditor", "audit_admin").await;
    let admin = counters::officer(&house, "admin", "system_admin").await;
    let (gone, market) = (gone.actor().account_id().unwrap(), desk.gid("Market", PUBLIC));
    people::disable_account(&admin, gone, 1, "离职", None).await.unwrap();
    let names = async |ctx: &Ctx, of: Value| {
        let answer = ask(ctx, WITNESSES, of).await;
        let all = answer["data"]["witnesses"].as_array().cloned();
        all.map(|all| all.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()).ok_or(answer)
    };
    let here = json!({ "m": market });
    assert_eq!(
        names(&desk, here.clone()).await.unwrap(),
        ["colleague"],
        "not oneself, nobody who left, nobody from elsewhere"
    );
    assert_eq!(names(&colleague, here.clone()).await.unwrap(), ["desk"]);
    assert_eq!(names(&desk, json!({ "m": market, "s": " COLL " })).await.unwrap(), ["colleague"]);
    assert_eq!(names(&desk, json!({ "m": market, "s": "zhao" })).await.unwrap(), [""; 0]);
    let code =
        async |ctx: &Ctx, of: Value| names(ctx, of).await.unwrap_err()["errors"][0]["extensions"]["code"].clone();
    assert_eq!(code(&desk, json!({ "m": desk.gid("Market", COMMERCIAL) })).await, "FORBIDDEN");
    for nothing in [
        json!({ "m": desk.gid("Market", Uuid::from_u128(404)) }),
        json!({ "w": desk.gid("Worker", Uuid::from_u128(404)) }),
    ] {
        assert_eq!(names(&desk, nothing).await, Err(json!({ "data": { "witnesses": null } })));
    }
    // Staff have names for each other and for nobody else.
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    assert_eq!(code(&stranger, here).await, "UNAUTHENTICATED");
    let me = testing::citizen(&stranger, "13800001234").await.unwrap();
    assert_eq!(code(&stranger.as_actor(me.actor), json!({ "c": "140105" })).await, "FORBIDDEN");
}

#[tokio::test]
async fn children_are_refused_with_the_article_and_minors_are_kept_from_hazardous_trades() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let register = async |born: &str, trade: &str| {
        let input = WorkerInput { trades: vec![trade.to_owned()], ..form("王五", &id_number(born, 1), "无") };
        register_worker(&desk, Some(PUBLIC), input, signed(&desk).await, None).await
    };
    // The clock of these stories stands at 1 July 2026.
    let RegisterWorker::UnderAge { zh, .. } = refusal(register("2010-07-02", "餐厅服务员").await) else {
        panic!()
    };
    assert!(zh.contains("15周岁") && zh.contains("劳动法第十五条") && zh.contains("禁止使用童工规定"), "{zh}");
    let RegisterWorker::HazardousForMinor { zh, .. } = refusal(register("2010-07-01", "架子工").await) else {
        panic!()
    };
    assert!(zh.contains("架子工") && zh.contains("特种作业人员安全技术培训考核管理规定"), "{zh}");
    assert_eq!(written(&house).await, (0, 0, 0));
    register("2010-07-01", "餐厅服务员").await.unwrap();
    let rows = workers(&house).await;
    assert_eq!(rows[0].age_band, "MINOR");
    let into_scaffolding =
        AmendWorkerInput { trades: Some(vec!["架子工".to_owned()]), ..AmendWorkerInput::default() };
    let refused = refusal(amend_worker(&desk, rows[0].id, 1, into_scaffolding, None).await);
    assert!(matches!(refused, AmendWorker::BadForm { field, .. } if field == "input.trades"));
}

#[tokio::test]
async fn who_may_be_beyond_the_age_of_retirement_is_said_and_what_a_woman_did_not_say_is_not_inferred() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let register = async |born: &str, sequence: u32, kind: Option<FemaleWorkerKind>| {
        let input = WorkerInput { retirement_kind: kind, ..form("赵六", &id_number(born, sequence), "无") };
        let made = register_worker(&desk, Some(PUBLIC), input, signed(&desk).await, None).await.unwrap();
        let ctx = house.itself(TAIYUAN).await.unwrap();
        let facts = worker_facts(&ctx, &ctx.scope(), &[made.id]).await.unwrap().remove(&made.id).unwrap();
        (facts.age_band, facts.over_age_from.unwrap(), facts.over_age_is_certain)
    };
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let man = register("1964-12-31", 1, None).await;
    assert_eq!(man, (AgeBand::OverAge, day("2024-12-31"), true));
    let unsaid = register("1975-01-10", 2, None).await;
    assert_eq!(unsaid, (AgeBand::OverAge, day("2025-02-10"), false));
    let said = register("1975-01-11", 2, Some(FemaleWorkerKind::Female55)).await;
    assert_eq!(said, (AgeBand::Older, RetirementKind::Female55.reached_on(day("1975-01-11")), true));
}

#[tokio::test]
async fn one_person_is_registered_once_and_only_staff_who_may_see_it_are_shown_the_entry() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let card = id_number("1980-02-03", 1);
    register_worker(&desk, Some(PUBLIC), form("张三", &card, "无"), signed(&desk).await, None).await.unwrap();
    let again = async |ctx: &Ctx, market| {
        let paper = counters::paper(ctx).await;
        let consent = json!({"noticeVersion": testing::notice_version(), "how": "SIGNED_PAPER", "paper": ctx.gid("Upload", paper).as_str()});
        let input = json!({"name": "张三", "idNumber": card, "phone": "none", "trades": ["瓦工"], "county": "140105", "consent": consent});
        let answer = ask(ctx, REGISTER, json!({"m": ctx.gid("Market", market).as_str(), "i": input})).await;
        answer["data"]["registerWorker"].clone()
    };
    let shown = again(&desk, PUBLIC).await;
    assert_eq!(
        (shown["code"].as_str(), &shown["existing"]),
        (Some("ALREADY_REGISTERED"), &json!({"nameMasked": "张*"}))
    );
    let agency = counters::at(&house, "agency", "market_staff", COMMERCIAL).await;
    let hidden = again(&agency, COMMERCIAL).await;
    assert_eq!((hidden["code"].as_str(), &hidden["existing"]), (Some("ALREADY_REGISTERED"), &Value::Null));
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let me = testing::citizen(&stranger, "13800001234").await.unwrap();
    let input = testing::worker("张三", &card, "none");
    let guess = refusal(register_worker(&stranger.as_actor(me.actor), None, input, ConsentForm::online(), None).await);
    assert_eq!(guess, RegisterWorker::SeeCounter, "a stranger does not hear who is registered");
    assert_eq!(workers(&house).await.len(), 1);
}

#[tokio::test]
async fn a_number_in_another_entry_is_taken_by_whoever_reads_out_its_code() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    testing::citizen(&stranger, "13800001234").await.unwrap();
    let card = id_number("1980-02-03", 1);
    let input = || form("张三", &card, "13800001234");
    let unproved = refusal(register_worker(&desk, Some(PUBLIC), input(), signed(&desk).await, None).await);
    assert_eq!(unproved, RegisterWorker::PhoneTaken);
    house.clock.advance(Duration::minutes(2));
    let told = code(&desk, "13800001234", PhoneCodePurpose::Consent).await.unwrap();
    register_worker(&desk, Some(PUBLIC), input(), ConsentForm::by_code(&told), None).await.unwrap();
    assert_eq!(written(&house).await, (1, 1, 1), "the citizen who signed in is the one who was registered");
    let other = id_number("1981-02-03", 1);
    let made =
        register_worker(&desk, Some(PUBLIC), form("李四", &other, "无"), signed(&desk).await, None).await.unwrap();
    let phone = AmendWorkerInput { phone: Some("13800001234".to_owned()), ..AmendWorkerInput::default() };
    let refused = refusal(amend_worker(&desk, made.id, 1, phone, None).await);
    assert_eq!(refused, AmendWorker::PhoneTaken, "it belongs to somebody with a card");
}

#[tokio::test]
async fn a_certificate_counts_once_somebody_saw_it_and_a_new_one_must_be_seen_again() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let input = WorkerInput { trades: vec!["电工".to_owned()], ..form("张三", &id_number("1980-02-03", 1), "无") };
    let made = register_worker(&desk, Some(PUBLIC), input, signed(&desk).await, None).await.unwrap();
    let today = desk.today();
    let until = today + chrono::Days::new(400);
    let certificate = |number: &str| CertificateInput {
        trade: "电工".to_owned(),
        number: number.to_owned(),
        valid_until: until.into(),
    };
    let certified = async || {
        let ctx = house.itself(TAIYUAN).await.unwrap();
        let facts = worker_facts(&ctx, &ctx.scope(), &[made.id]).await.unwrap();
        (
            facts[&made.id].is_certified("6-31-01-03", today),
            facts[&made.id].is_certified("6-31-01-03", until.succ_opt().unwrap()),
        )
    };
    let saved = save_certificate(&desk, made.id, certificate("T140105198002030012"), None).await.unwrap();
    assert_eq!(certified().await, (false, false), "nobody has seen it");
    verify_certificate(&desk, saved.id, None).await.unwrap();
    assert_eq!(certified().await, (true, false));
    let reason = "核对证书原件";
    let shown = desk.gid("WorkerCertificate", saved.id);
    let whole = kernel::house::operations::reveal_personal_value::reveal_personal_value(
        &desk,
        &shown,
        PersonalField::CertificateNumber,
        reason,
    );
    assert_eq!(whole.await.unwrap().expose(), "T140105198002030012");
    save_certificate(&desk, made.id, certificate("T999999999999999999"), None).await.unwrap();
    assert_eq!(certified().await, (false, false));
}

#[tokio::test]
async fn a_closed_registration_is_opened_by_registering_again() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let me = testing::citizen(&stranger, "13800001234").await.unwrap();
    let ctx = stranger.as_actor(me.actor);
    let card = id_number("1980-02-03", 1);
    let input = || testing::worker("张三", &card, "无");
    let made = register_worker(&ctx, None, input(), ConsentForm::online(), None).await.unwrap();
    close_worker(&ctx, made.id, 1, None).await.unwrap();
    assert_eq!(workers(&house).await[0].status, "CLOSED");
    let again = register_worker(&ctx, None, input(), ConsentForm::online(), None).await.unwrap();
    assert_eq!((again.id, again.version), (made.id, 3));
    let rename = AmendWorkerInput { name: Some("李四".to_owned()), ..AmendWorkerInput::default() };
    assert_eq!(refusal(amend_worker(&ctx, made.id, 3, rename, None).await), AmendWorker::AtCounterOnly);
    let wishes = AmendWorkerInput { steady_job: Some(true), radius_km: Some(30), ..AmendWorkerInput::default() };
    amend_worker(&ctx, made.id, 3, wishes.clone(), None).await.unwrap();
    assert_eq!(refusal(amend_worker(&ctx, made.id, 3, wishes, None).await), AmendWorker::Conflict { current: 4 });
    let row = &workers(&house).await[0];
    assert_eq!((row.steady_job, row.radius_km, row.name_masked.as_str()), (true, 30, "张*"));
}

#[tokio::test]
async fn a_card_reader_fills_the_form_and_nothing_of_it_is_kept() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let query = "query($t: String!) { readIdCard(text: $t) { name idNumber idNumberMasked born age county } }";
    let card = id_number("1990-03-07", 1);
    let text = format!("姓名：张三\n性别：男\n住址：山西省太原市小店区坞城路92号\n公民身份号码：{card}");
    let read = ask(&desk, query, json!({"t": text})).await;
    assert_eq!(
        read["data"]["readIdCard"],
        json!({"name": "张三", "idNumber": card, "idNumberMasked": "140***********0012", "born": "1990-03-07", "age": 36, "county": "140105"}),
        "{read}"
    );
    assert_eq!(ask(&desk, query, json!({"t": "没有插卡"})).await, json!({"data": {"readIdCard": null}}));
    assert_eq!(written(&house).await, (0, 0, 0));
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let denied = ask(&stranger, query, json!({"t": text})).await;
    assert_eq!(denied["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}
