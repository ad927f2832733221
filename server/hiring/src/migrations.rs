//! The chapter's tables (迁移).

mod channels;
mod engagements;
mod postings;

use migrations::{Migration, MigrationSet};

/// The chapter's migrations.
pub const SET: MigrationSet = MigrationSet {
    owner: "hiring",
    migrations: &[
        Migration { name: "0001_postings", steps: postings::steps },
        Migration { name: "0002_engagements", steps: engagements::steps },
        Migration { name: "0003_channels", steps: channels::steps },
        Migration { name: "0004_channel_agencies", steps: channels::agencies },
        Migration { name: "0005_engagements_left_open", steps: engagements::left_open },
        Migration { name: "0006_shift_edition", steps: postings::edition },
        Migration { name: "0007_engagements_held_to_the_sheet", steps: engagements::held_to_the_sheet },
        Migration { name: "0008_engagements_asked_about", steps: engagements::asked_about },
        Migration { name: "0009_engagements_allowances", steps: engagements::allowances },
        Migration { name: "0010_deliveries_by_hand", steps: channels::by_hand },
        Migration { name: "0011_hall_screens", steps: channels::hall_screens },
        Migration { name: "0012_engagements_arrived_by", steps: engagements::arrived_by },
    ],
};

/// In the province's store only.
pub const PLATFORM_SET: MigrationSet = MigrationSet {
    owner: "platform_hiring",
    migrations: &[
        Migration { name: "0001_province_postings", steps: channels::platform },
        Migration { name: "0002_province_agencies", steps: channels::platform_agencies },
        Migration { name: "0003_province_contents", steps: channels::platform_contents },
        Migration { name: "0004_province_paces", steps: channels::platform_paces },
    ],
};
