//! Whose market it is (所属机构): that of the agency with the operator's licence.

use migrations::{Column, ColumnType, Index, Step};

pub(super) fn steps() -> Vec<Step> {
    let agency = Column { name: "agency", kind: ColumnType::Uuid, nullable: true, references: None, default: None };
    vec![
        Step::AddColumn("market", agency),
        Step::AddIndex("market", Index { columns: &["agency"], unique: false, only_where: None }),
        Step::Sql {
            sqlite: &[
                "INSERT INTO agency (id, licence_no, licence_key, name, entered_at) SELECT randomblob(16), min(licence_no), upper(replace(replace(replace(licence_no, ' ', ''), '〔', '('), '〕', ')')), coalesce(max(operator_name), min(licence_no)), min(created_at) FROM market WHERE operator_kind = 'LICENSED_AGENCY' AND licence_no IS NOT NULL GROUP BY upper(replace(replace(replace(licence_no, ' ', ''), '〔', '('), '〕', ')'))",
                FILL,
            ],
            postgres: &[
                "INSERT INTO agency (id, licence_no, licence_key, name, entered_at) SELECT gen_random_uuid(), min(licence_no), upper(replace(replace(replace(licence_no, ' ', ''), '〔', '('), '〕', ')')), coalesce(max(operator_name), min(licence_no)), min(created_at) FROM market WHERE operator_kind = 'LICENSED_AGENCY' AND licence_no IS NOT NULL GROUP BY upper(replace(replace(replace(licence_no, ' ', ''), '〔', '('), '〕', ')'))",
                FILL,
            ],
            sqlite_down: &["DELETE FROM agency"],
            postgres_down: &["DELETE FROM agency"],
        },
    ]
}

/// Markets that were there before agencies were.
const FILL: &str = "UPDATE market SET agency = (SELECT id FROM agency WHERE licence_key = upper(replace(replace(replace(licence_no, ' ', ''), '〔', '('), '〕', ')'))) WHERE operator_kind = 'LICENSED_AGENCY' AND licence_no IS NOT NULL";
