//! What is sent twice, and what somebody else changed meanwhile (重复提交与并发修改): every mutation takes an idempotency key
//! and the version that was seen, but for these, each with its reason. One that has come to take it must leave its list.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{ServiceDocument, TypeKind, TypeSystemDefinition};

use crate::house;

/// A secret is in what is sent or in the answer; sent twice it is harmless (`server/people/README.md`).
const WITHOUT_KEY: [&str; 15] = [
    "acceptInvitation",
    "arriveByCode",
    "beginTotpEnrolment",
    "changePassword",
    "changePhone",
    "confirmTotpEnrolment",
    "createApiKey",
    "lookUpWorker",
    "openContact",
    "openHallScreen",
    "requestPhoneCode",
    "revealPersonalValue",
    "signIn",
    "signInCitizen",
    "signOut",
];

const MAKES: &str = "makes something new, which nobody has changed yet";
const TELLS: &str = "changes nothing that somebody may have seen: it reads, or asks for work";
const OWN: &str = "one's own, of this moment";
const ENDS: &str = "ends it, once and whatever it is by then; the second is refused or changes nothing";
const WHOLE: &str = "says the whole of a fact as it is from now on; what it was stands in the audit";

const WITHOUT_VERSION: [(&str, &str); 93] = [
    ("acceptAgreement", WHOLE),
    ("acceptInvitation", MAKES),
    ("addChannel", MAKES),
    ("addLedgerEntry", MAKES),
    ("answerAgencyRequest", ENDS),
    ("appealPoint", MAKES),
    ("applyForShift", MAKES),
    ("arriveByCode", OWN),
    ("assignRole", WHOLE),
    ("authoriseAgent", MAKES),
    ("beginTotpEnrolment", OWN),
    ("callQueueNumber", MAKES),
    ("cancelJob", ENDS),
    ("changePassword", OWN),
    ("checkDirectoryImport", MAKES),
    ("checkPostingImport", MAKES),
    ("completeUpload", ENDS),
    ("confirmGroup", ENDS),
    ("confirmHiring", WHOLE),
    ("confirmPosting", WHOLE),
    ("confirmTotpEnrolment", OWN),
    ("createApiKey", MAKES),
    ("createUpload", MAKES),
    ("deleteMyRecord", ENDS),
    ("disablePlugin", WHOLE),
    ("enablePlugin", WHOLE),
    ("exportCitizenData", TELLS),
    ("endAgent", ENDS),
    ("exportDirectory", TELLS),
    ("exportMyRecord", TELLS),
    ("exportPersonalData", TELLS),
    ("exportProvince", TELLS),
    ("exportReturn", TELLS),
    ("exportServiceLedger", TELLS),
    ("exportWorkSlip", TELLS),
    ("freezeReturn", MAKES),
    ("hireGroup", MAKES),
    ("hireWalkIn", MAKES),
    ("inviteAccount", MAKES),
    ("issueQueueNumber", MAKES),
    ("printMarketPostingList", TELLS),
    ("printPostingList", TELLS),
    ("recordPostingListHung", ENDS),
    ("inviteFavourites", TELLS),
    ("openContact", TELLS),
    ("openPartyEvidence", TELLS),
    ("openWageProof", TELLS),
    ("orderRecheck", MAKES),
    ("purgePlugin", ENDS),
    ("readMessages", WHOLE),
    ("recordAnnualReport", WHOLE),
    ("recordFeeReceipt", MAKES),
    ("recordInspection", MAKES),
    ("lookUpWorker", TELLS),
    ("printRegistrationSlip", TELLS),
    ("recordDifficulty", MAKES),
    ("recordSafetyCheck", MAKES),
    ("registerAgency", MAKES),
    ("registerMarket", MAKES),
    ("registerWorker", MAKES),
    ("removeFavourite", ENDS),
    ("removeWorkerCertificate", ENDS),
    ("repeatPosting", MAKES),
    ("reportCrowd", WHOLE),
    ("requestPhoneCode", MAKES),
    ("resendSms", TELLS),
    ("recordVerificationStep", MAKES),
    ("registerParty", MAKES),
    ("requestAgency", MAKES),
    ("retryMail", TELLS),
    ("revealPersonalValue", TELLS),
    ("revokeApiKey", ENDS),
    ("revokeSession", ENDS),
    ("saveDisplayedItem", MAKES),
    ("saveFavourite", WHOLE),
    ("savePriceList", MAKES),
    ("sendMessage", MAKES),
    ("setAgencyParameter", WHOLE),
    ("saveWorkerCertificate", WHOLE),
    ("setWorkerParameter", WHOLE),
    ("signIn", MAKES),
    ("signInCitizen", MAKES),
    ("signOut", OWN),
    ("stillLooking", OWN),
    ("stopLooking", OWN),
    ("upsertPosting", WHOLE),
    ("verifyAudit", TELLS),
    ("verifyWorkerCertificate", ENDS),
    ("withdrawConsent", ENDS),
    ("withdrawInvitation", ENDS),
    ("withdrawPostingByExternalId", ENDS),
    ("withdrawRole", ENDS),
    ("withdrawSafetyCheck", ENDS),
];

/// The mutations that do not take an argument of this name, sorted.
fn without(schema: &ServiceDocument, argument: &str) -> Vec<String> {
    let mut found: Vec<String> = schema
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) if ty.node.name.node == "Mutation" => match &ty.node.kind {
                TypeKind::Object(object) => Some(&object.fields),
                _ => None,
            },
            _ => None,
        })
        .flatten()
        .filter(|field| field.node.arguments.iter().all(|taken| taken.node.name.node != argument))
        .map(|field| field.node.name.node.to_string())
        .collect();
    found.sort();
    found
}

#[test]
fn every_mutation_takes_an_idempotency_key_or_says_why_not() {
    let schema = parse_schema(house::sdl()).expect("our SDL parses");
    assert_eq!(without(&schema, "idempotencyKey"), WITHOUT_KEY);
}

#[test]
fn every_mutation_takes_the_version_that_was_seen_or_says_why_not() {
    let schema = parse_schema(house::sdl()).expect("our SDL parses");
    let mut excused = WITHOUT_VERSION.map(|(name, _)| name.to_owned());
    excused.sort();
    assert_eq!(without(&schema, "version"), excused);
}

#[test]
fn a_mutation_without_key_or_version_is_found() {
    let planted =
        "type Mutation { openMarket(id: ID!, version: Int!): Int closeMarket(id: ID!, idempotencyKey: String): Int }";
    let planted = parse_schema(planted).expect("it parses");
    assert_eq!(without(&planted, "idempotencyKey"), ["openMarket"]);
    assert_eq!(without(&planted, "version"), ["closeMarket"]);
}
