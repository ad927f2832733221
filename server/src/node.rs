//! One way to everything that has an id (对象): what an object's own query gives, to whom it gives it.

use async_graphql::{Context, ID, Object, Result, Union};
use cases::{Case, CasesQuery};
use hiring::{Engagement, EngagementQuery, Posting, PostingQuery};
use kernel::gql::Answer;
use kernel::house::{HouseQuery, Job};
use kernel::ids::GlobalId;
use markets::imports::ImportsQuery;
use markets::imports::schema::DirectoryImport;
use markets::schema::market::Market;
use markets::schema::query::DirectoryQuery;
use people::{Account, AccountsQuery, AgenciesQuery, Agency, HiringParty, PartiesQuery, Worker, WorkersQuery};

/// Something that has an id and can be read by it (对象).
#[derive(Union)]
pub enum Node {
    /// A market (零工市场).
    Market(Market),
    /// An account (账号).
    Account(Account),
    /// A human-resources agency (人力资源服务机构).
    Agency(Agency),
    /// An import of the directory form (名录导入).
    DirectoryImport(DirectoryImport),
    /// A hiring party (用工主体).
    HiringParty(HiringParty),
    /// A job (作业).
    Job(Job),
    /// A case (办件).
    Case(Case),
    /// An engagement (用工对接).
    Engagement(Engagement),
    /// A posting (招聘信息).
    Posting(Posting),
    /// An odd-job worker (零工人员).
    Worker(Worker),
}

/// What an object's own query gave, as a node.
fn node<T>(found: Result<Answer<T>>, of: fn(T) -> Node) -> Answer<Node> {
    match found {
        Ok(answer) => answer.map(|found| found.map(of)),
        Err(error) => Some(Err(error)),
    }
}

/// The query of everything that has an id.
#[derive(Clone, Copy, Debug, Default)]
pub struct NodeQuery;

/// The query of everything that has an id.
#[Object]
impl NodeQuery {
    /// What has this id (按标识查询): a market, an account, an agency, a hiring party, a worker, a posting, an engagement, an
    /// import, a job or a case; null where it is none of them, another city's, or nothing that the caller may see.
    async fn node(&self, gql: &Context<'_>, #[graphql(desc = "Id (标识)")] id: ID) -> Answer<Node> {
        // Each is read by its own query, which decides who sees it and reports an id of another city.
        let named = GlobalId::decode(id.as_str())?;
        match named.kind.as_str() {
            "Market" => node(DirectoryQuery.market(gql, id).await, Node::Market),
            "Account" => node(AccountsQuery.account(gql, id).await, Node::Account),
            "Agency" => node(AgenciesQuery.agency(gql, id).await, Node::Agency),
            "DirectoryImport" => node(ImportsQuery.directory_import(gql, id).await, Node::DirectoryImport),
            "Posting" => node(PostingQuery.posting(gql, id).await, Node::Posting),
            "Engagement" => node(EngagementQuery.engagement(gql, id).await, Node::Engagement),
            "HiringParty" => node(PartiesQuery.hiring_party(gql, id).await, Node::HiringParty),
            "Job" => node(HouseQuery.job(gql, id).await, Node::Job),
            "Case" => node(CasesQuery.case(gql, id).await, Node::Case),
            "Worker" => node(WorkersQuery.worker(gql, id).await, Node::Worker),
            // Nothing to read; that it is another city's is noted all the same.
            _ => {
                let _own = kernel::gql::ctx(gql).owns(&named);
                None
            }
        }
    }
}
