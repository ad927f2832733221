//! Where a personal value becomes text (个人信息): in these files, each for its reason, and nowhere else.

use std::collections::BTreeSet;

use super::words::tokens;
use crate::workspace::{Source, rust_sources};

/// File, and why the value itself is needed there.
const EXPOSED: &[(&str, &str)] = &[
    ("server/cases/src/schema/case.rs", "what a person wrote, to whoever may read it; a colleague's working name"),
    ("server/hiring/src/engagements/operations/export_record.rs", "a worker's own record bears its name"),
    ("server/hiring/src/engagements/operations/export_slip.rs", "a work slip names both sides"),
    ("server/hiring/src/engagements/operations/hear.rs", "an answer is read by a rule"),
    ("server/hiring/src/engagements/schema/answers.rs", "how to reach the other side, to whoever asked for it"),
    ("server/hiring/src/engagements/schema/engagement.rs", "words of a dispute, to whoever may see the engagement"),
    ("server/hiring/src/engagements/schema/query_own.rs", "messages, to the two sides and the staff between them"),
    ("server/hiring/src/engagements/schema/slip.rs", "a work slip names both sides to both"),
    ("server/kernel/src/house/schema/letters.rs", "a letter, to whoever may open letters"),
    ("server/kernel/src/house/schema/personal.rs", "the value that was asked for with a reason"),
    ("server/kernel/src/house/schema/texts.rs", "a text message, to whoever may open text messages"),
    ("server/kernel/src/keys.rs", "sealing and blind indexes"),
    ("server/kernel/src/mail.rs", "the address and the words of a letter that is sent"),
    ("server/kernel/src/person_key.rs", "sealing what the audit says about a person"),
    ("server/kernel/src/personal.rs", "the copy of what is held about a person"),
    ("server/kernel/src/sms/http.rs", "the number and the words of a text message that is sent"),
    ("server/kernel/src/sms/inbound.rs", "an answer is read to find the question that it answers"),
    ("server/markets/src/annex2/write.rs", "the form ends with its filer and his number"),
    ("server/markets/src/imports/schema/types.rs", "who filled in a form, to whoever may see the import"),
    ("server/markets/src/rules/describe.rs", "a number that is public"),
    ("server/markets/src/schema/contacts.rs", "the number, to whoever may amend it"),
    ("server/markets/src/schema/kept.rs", "the working name of a colleague whose task it is"),
    ("server/src/commands/demo/quick_hire/folk.rs", "a code of the demo is read where it came"),
    ("server/oversight/src/form.rs", "the province's book names filers and their numbers"),
    ("server/oversight/src/schema/city.rs", "the name of the filer, to whoever may see the return"),
    ("server/oversight/src/schema/province.rs", "the name of the filer, to whoever may see the return"),
    ("server/people/src/agencies/operations/export_ledger.rs", "the ledger names whom the law has it name"),
    ("server/people/src/agencies/schema/work.rs", "colleagues who inspected, and hiring parties that are no person"),
    ("server/people/src/citizens/store.rs", "numbers are read by their standards, whose types show them masked"),
    ("server/people/src/colleagues.rs", "colleagues, to whoever may do the same there"),
    ("server/people/src/mail.rs", "a letter greets by name"),
    ("server/people/src/operations/confirm_totp.rs", "a code is computed from the secret"),
    ("server/people/src/operations/sign_in.rs", "a code is computed from the secret"),
    ("server/people/src/parties/schema/visits.rs", "colleagues who went, to whoever may see the visit"),
    ("server/people/src/schema/types/account.rs", "a colleague's working name"),
    ("server/people/src/schema/types/invitation.rs", "an invited colleague's working name"),
    ("server/people/src/views/liaison.rs", "the liaison person, to whoever may see it whole"),
    ("server/people/src/workers/rules/form.rs", "numbers that were typed are read by their standards"),
    ("server/people/src/workers/schema/types.rs", "which hardship it is, to whoever may see it"),
];

/// Does the file take personal values out of their wrapping?
fn exposes(source: &Source) -> bool {
    let tokens = tokens(source);
    tokens.windows(3).any(|w| w[0].text == "." && w[1].text == "expose" && w[2].text == "(")
}

#[test]
fn personal_values_become_text_in_the_files_that_may_and_nowhere_else() {
    let found: BTreeSet<String> = rust_sources()
        .iter()
        // The wrapping itself, and the proof, which looks inside.
        .filter(|source| !source.is_proof() && source.path != "server/kernel/src/pii.rs" && exposes(source))
        .map(|source| source.path.clone())
        .collect();
    let allowed: BTreeSet<String> = EXPOSED.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(found, allowed);
}

#[test]
fn a_file_that_takes_a_personal_value_out_is_noticed() {
    let planted = |text: &str| exposes(&Source { path: "planted.rs".to_owned(), text: text.to_owned() });
    assert!(planted("fn f(p: &Pii<String>) -> String { p.expose().clone() }"));
    assert!(!planted("fn f(p: &Pii<String>) -> String { p.masked(Mask::Name) } // .expose()"));
}
