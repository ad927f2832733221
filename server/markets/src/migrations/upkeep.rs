//! What is kept about a market over the years (建设运营): maps, contracts, construction.

use migrations::{Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [map_annotation, operator_contract, contract_indicator, construction_project, milestone]
        .map(|table| Step::Create(table()))
        .into()
}

/// Map annotation (地图标注).
fn map_annotation() -> Table {
    table("map_annotation")
        .id()
        .uuid("market_id")
        .to("market")
        .int("version")
        .text("provider")
        .text("status")
        .text("poi_id")
        .null()
        .date("checked_on")
        .null()
        .text("note")
        .null()
        .unique(&["market_id", "provider"])
        .index(&["status", "market_id"])
}

/// Operator contract (运营合同).
fn operator_contract() -> Table {
    table("operator_contract")
        .id()
        .uuid("market_id")
        .to("market")
        .int("version")
        .text("operator")
        .text("scope")
        .date("starts_on")
        .date("ends_on")
        .index(&["ends_on"])
}

/// Contract indicator (合同指标).
fn contract_indicator() -> Table {
    table("contract_indicator")
        .id()
        .uuid("contract_id")
        .to("operator_contract")
        .uuid("market_id")
        .to("market")
        .int("position")
        .text("name")
        .int("target")
        .text("unit")
        .int("actual")
        .null()
}

/// Construction project (建设改造项目).
fn construction_project() -> Table {
    table("construction_project")
        .id()
        .uuid("market_id")
        .to("market")
        .int("version")
        .text("mode")
        .text("title")
        .date("planned_open_on")
        .null()
}

/// Milestone (项目节点).
fn milestone() -> Table {
    table("milestone")
        .id()
        .uuid("project_id")
        .to("construction_project")
        .uuid("market_id")
        .to("market")
        .int("position")
        .text("title")
        .date("due_on")
        .date("done_on")
        .null()
}
