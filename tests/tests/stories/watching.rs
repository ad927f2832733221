//! Whoever watches the server (运行监测) sees what its background work comes to.

use serde_json::json;

use super::town::Town;

/// The number of a metric.
async fn metric(town: &Town, name: &str) -> u64 {
    let (status, text) = town.fetch("/metrics").await;
    assert_eq!(status, 200);
    let text = String::from_utf8(text).expect("text");
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}: {text}"));
    line.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_metrics_count_jobs_events_and_sealed_entries() {
    let town = Town::on_sqlite().await;
    assert_eq!(metric(&town, "yizhan_letters_total{end=\"dead\"}").await, 0);
    let bureau = town.sign_in("taiyuan", "bureau").await;
    let person = json!({"name": "王芳", "unit": "市人社局", "position": "科长", "phone": "13800138000"});
    let set = "mutation($i: SetLiaisonInput!) { setLiaison(input: $i, version: 0) { __typename } }";
    town.get("taiyuan", &bureau, set, json!({"i": person}), "setLiaison").await;
    for name in [
        "yizhan_events_total{end=\"dispatched\"}",
        "yizhan_jobs_total{end=\"done\"}",
        "yizhan_audit_entries_total{end=\"sealed\"}",
    ] {
        let counted = async { while metric(&town, name).await == 0 {} };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(30), counted).await;
        assert!(waited.is_ok(), "{name} stays at nought");
    }
}
