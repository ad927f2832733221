//! The page of a hall screen (大屏页面): read by a link that is a secret of its own, without signing in. It asks again every half minute,
//! turns its own pages, and shows nothing that it could not confirm for five minutes: what is withdrawn is not left standing.

use kernel::crypto::hash::sha256_hex;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::queries;
use super::rows::channel;
use super::store::when;

/// Lines on a screen at most.
const MOST: u64 = 200;

const STYLE: &str = "\
body{margin:0;background:#0b1f33;color:#fff;font:2.2vw/1.5 sans-serif}\
header{position:sticky;top:0;display:flex;justify-content:space-between;padding:1vw 2vw;background:#12508a}\
h1{margin:0;font-size:3vw}ul{margin:0;padding:0;list-style:none}li{padding:1vw 2vw;border-bottom:1px solid #35506b}\
p{margin:0;padding:1vw 2vw}.late{display:none}.stale ul,.stale .none{display:none}.stale .late{display:block}";

const SCRIPT: &str = "\
let seen=Date.now();\
setInterval(async()=>{\
document.body.classList.toggle('stale',Date.now()-seen>300000);\
try{\
const answer=await fetch(location.href,{cache:'no-store'});\
if(answer.status===404)location.reload();\
if(!answer.ok)return;\
const next=new DOMParser().parseFromString(await answer.text(),'text/html').querySelector('main');\
if(!next)return;\
document.querySelector('main').replaceWith(next);\
seen=Date.now();\
document.body.classList.remove('stale')\
}catch{}},30000);\
setInterval(()=>{\
const end=scrollY+innerHeight>=document.documentElement.scrollHeight-4;\
scrollTo(0,end?0:scrollY+innerHeight*.8)},12000)";

/// What is kept of the secret in a link.
pub(super) fn hash_of(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

/// Where the screen is read.
pub(super) fn url(ctx: &Ctx, token: &str) -> String {
    let base = ctx.kernel().config.public_url.trim_end_matches('/');
    format!("{base}/{}/screens/{token}.html", ctx.tenant().slug)
}

/// The page of the screen that this link opens (大屏页面); `None` where it opens none. Style and script carry the nonce.
pub async fn hall_screen(ctx: &Ctx, token: &str, nonce: &str) -> Result<Option<String>, Fault> {
    let opens = channel::Column::ScreenHash.eq(hash_of(token));
    let Some(channel) = channel::Entity::find().filter(opens).one(&ctx.scope()).await? else { return Ok(None) };
    let lines = if channel.active { queries::lines(ctx, channel.id, MOST).await? } else { Vec::new() };
    let names = queries::market_names(ctx, &[channel.market_id]).await?;
    let market = channel.market_id.and_then(|id| names.get(&id));
    let name = market.map_or(ctx.tenant().name_zh.as_str(), String::as_str);
    let lines: Vec<String> = lines.into_iter().map(|(_, text, _)| text).collect();
    Ok(Some(page(name, &when(ctx.now()), &lines, nonce)))
}

fn page(name: &str, at: &str, lines: &[String], nonce: &str) -> String {
    let name = escaped(name);
    let mut items = String::new();
    for line in lines {
        items.extend(["<li>", escaped(line).as_str(), "</li>"]);
    }
    let none = if lines.is_empty() {
        "<p class=\"none\">目前没有招聘信息。<span lang=\"en\"> No work is offered at the moment.</span></p>"
    } else {
        ""
    };
    format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">\
         <title>{name}零工招聘</title><style nonce=\"{nonce}\">{STYLE}</style>\
         <main><header><h1>{name}零工招聘</h1><span>{at}</span></header><ul>{items}</ul>{none}\
         <p class=\"late\">信息更新中断，请到服务窗口查询。<span lang=\"en\"> The list is out of date; ask at the counter.</span></p>\
         <p>报名请到服务窗口或网上零工市场，全程免费。<span lang=\"en\"> Apply at the counter or online. It is free.</span></p></main>\
         <script nonce=\"{nonce}\">{SCRIPT}</script></html>"
    )
}

/// A text as HTML writes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_into_a_posting_is_shown_as_it_is_written_and_runs_nowhere() {
        let page = page("<坞城>", "11月26日 05:00", &["<script>急招</script>&\"".to_owned()], "n1");
        assert!(page.contains("<li>&lt;script&gt;急招&lt;/script&gt;&amp;&quot;</li>"), "{page}");
        assert!(page.contains("<h1>&lt;坞城&gt;零工招聘</h1>"), "{page}");
        assert_eq!(page.matches("<script").count(), 1);
    }

    #[test]
    fn a_screen_without_work_says_so() {
        assert!(page("坞城", "11月26日 05:00", &[], "n1").contains("目前没有招聘信息"));
        assert!(!page("坞城", "11月26日 05:00", &["装卸工".to_owned()], "n1").contains("目前没有招聘信息"));
    }
}
