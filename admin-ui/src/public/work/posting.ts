import { ask, PublicFault } from '../api';
import { h, ICONS, icon, replace } from '../dom';
import { frame, section, waiting } from '../frame';
import { speakButton } from '../speech';
import { distance, t } from '../text';
import { Act } from './act';
import { distanceOf, line } from './cards';
import { ApplyDocument, type ApplyMutation, SafetyCardOfDocument, WorkDocument, type WorkQuery } from './gql/graphql';
import { actButton, facts, lines } from './kit';
import { rights, safety } from './rights';
import { own, signInBox, type Viewer } from './signin';
import { date, hours, moment, span, until, w, wage } from './text';

type Posting = NonNullable<WorkQuery['publicPosting']>;
type Shift = Posting['shifts'][number];
type Alternatives = Extract<ApplyMutation['applyForShift'], { alternatives: unknown }>['alternatives'];

/** A posting (招聘信息): what is paid, when, where, by whom, and what to look out for; then one press to apply. */
export async function showPosting(slug: string, id: string) {
  const draw = () => showPosting(slug, id);
  waiting(frame(null, draw));
  const { city, publicPosting: work } = await ask(slug, WorkDocument, { id });
  if (!work) throw new PublicFault('notFound', '');
  const main = frame(city, draw);
  document.title = `${work.title} · ${t('app.name')}`;
  const [{ viewer }, card] = await Promise.all([
    own(slug),
    work.trade ? ask(slug, SafetyCardOfDocument, { trade: work.trade.code }).catch(() => null) : null,
  ]);
  replace(
    main,
    h('p', { class: 'crumb no-print' }, h('a', { href: `/${slug}/work` }, w('find.back'))),
    heading(work),
    h(
      'div',
      { class: 'row no-print' },
      speakButton(() => spoken(work)),
    ),
    applying(slug, work, viewer),
    where(work),
    what(work),
    who(work),
    safety(card?.safetyCard),
    rights(work.partyIsUnit, city.hotline),
  );
}

function heading(work: Posting) {
  return h(
    'div',
    { class: 'heading' },
    h('h1', null, work.title),
    h('p', { class: 'wage' }, wage(work), ' ', h('small', null, w(`payDay.${work.payDay}`))),
    work.payText && h('p', null, work.payText),
    h(
      'p',
      { class: 'tags' },
      work.placesLeft > 0
        ? h('span', { class: 'tag open' }, w('find.left', { n: work.placesLeft }))
        : h('span', { class: 'tag closed' }, w('find.full')),
      work.instant && h('span', { class: 'tag' }, w('find.instant')),
      work.priority && h('span', { class: 'tag' }, w('find.priority')),
      work.needsCertificate && h('span', { class: 'tag closed' }, w('find.certificate')),
      work.kind === 'INTERNSHIP' && h('span', { class: 'tag' }, w('kind.INTERNSHIP')),
    ),
  );
}

/** What the read-aloud button says: how much, when, where, for whom, and what to do. */
function spoken(work: Posting): string {
  return [
    work.title,
    wage(work),
    w(`payDay.${work.payDay}`),
    ...work.shifts.map((shift) => span(shift.startsAt, shift.endsAt)),
    `${work.countyName} ${work.place}`,
    work.partyName,
    work.duties,
    w('apply.free'),
  ].join('。');
}

/** Whoever is not signed in or registered comes back to this page and presses again. */
function applying(slug: string, work: Posting, viewer: Viewer | null) {
  const block = section(w('apply.title'));
  if (work.status !== 'PUBLISHED' && work.status !== 'FILLED') {
    block.append(h('p', { class: 'hint' }, w('apply.over')));
    return block;
  }
  for (const shift of work.shifts) block.append(shiftRow(slug, work, shift, viewer, block));
  block.append(h('p', { class: 'hint' }, w('apply.until', { at: until(work.closesAt) }), ' ', w('apply.free')));
  return block;
}

function shiftRow(slug: string, work: Posting, shift: Shift, viewer: Viewer | null, block: HTMLElement) {
  const full = shift.placesLeft === 0;
  const act = new Act();
  const over = new Date(shift.startsAt).getTime() <= Date.now();
  const run = async () => {
    if (!viewer) return void (await signInHere(slug, work.id, block));
    if (!viewer.worker) return void location.assign(`/${slug}/me/register?back=${encodeURIComponent(work.id)}`);
    const { done, refused } = await act.run(slug, ApplyDocument, { shiftId: shift.id, standby: full || null });
    if (done) location.assign(`/${slug}/me/jobs/${encodeURIComponent(done.id)}`);
    else if (refused.alternatives.length > 0) lost(slug, block, refused.message, refused.alternatives);
    else return refused;
    return null;
  };
  const label = w(full ? 'apply.standby' : work.instant ? 'apply.take' : 'apply.apply');
  return h(
    'div',
    { class: 'shift' },
    line(ICONS.clock, h('b', null, span(shift.startsAt, shift.endsAt))),
    h(
      'p',
      { class: 'hint' },
      full ? w('apply.full') : work.shifts.length > 1 && w('find.left', { n: shift.placesLeft }),
      shift.breakMinutes > 0 && ` ${w('apply.break', { time: hours(shift.breakMinutes) })}`,
    ),
    over ? h('p', { class: 'hint' }, w('apply.begun')) : actButton(label, run),
  );
}

async function signInHere(slug: string, id: string, block: HTMLElement) {
  const { box } = await signInBox(slug, () => showPosting(slug, id));
  replace(block, h('h2', { tabindex: '-1' }, w('sign.title')), h('p', null, w('apply.signIn')), box);
  block.querySelector('input')?.focus();
}

/** Somebody was quicker: what was refused, and what there is instead. */
function lost(slug: string, block: HTMLElement, message: string, others: Alternatives) {
  const heading = h('h2', { tabindex: '-1' }, w('apply.lost'));
  replace(
    block,
    heading,
    h('p', { role: 'alert' }, message),
    h('h3', null, w('apply.instead')),
    h(
      'ul',
      { class: 'cards' },
      others.map((other) =>
        h(
          'li',
          null,
          h(
            'article',
            { class: 'card' },
            h('h4', null, other.title),
            h('p', { class: 'wage' }, wage(other)),
            line(ICONS.clock, span(other.startsAt, other.endsAt)),
            line(ICONS.pin, other.place, ' · ', w('find.left', { n: other.places })),
            h('a', { class: 'button', href: `/${slug}/work/${encodeURIComponent(other.postingId)}` }, w('find.see')),
          ),
        ),
      ),
    ),
  );
  heading.focus();
}

function where(work: Posting) {
  const links = work.mapLinks;
  const far = distanceOf(work.id);
  return section(
    w('posting.where'),
    h('p', { class: 'big' }, work.place),
    h('p', null, work.countyName, far !== null && [' · ', h('b', null, distance(far))]),
    work.marketName && h('p', null, w('posting.market', { name: work.marketName })),
    links &&
      h(
        'div',
        { class: 'row acts no-print' },
        (['gaode', 'baidu', 'tencent'] as const).map((provider) =>
          h(
            'a',
            { class: 'button quiet', href: links[provider], rel: 'noopener noreferrer', target: '_blank' },
            icon(ICONS.pin),
            t(`market.map.${provider}`),
          ),
        ),
      ),
  );
}

function what(work: Posting) {
  return section(
    w('posting.what'),
    h('p', { class: 'pre' }, work.duties),
    facts(
      [w('posting.trade'), work.tradeName],
      [w('posting.conditions'), work.conditions],
      [w('posting.engagement'), w(`engagement.${work.engagement}`)],
      [w('posting.cover'), w(`cover.${work.cover}`)],
      [w('posting.confirmed'), moment(work.lastConfirmedAt)],
    ),
  );
}

/** Who hires, and what somebody looked at: a badge says when. */
function who(work: Posting) {
  const { agency } = work;
  return section(
    w('posting.who'),
    h('p', { class: 'big' }, work.partyName),
    work.partyVerifiedOn
      ? h('p', null, '✓ ', w('party.verifiedOn', { on: date(work.partyVerifiedOn) }))
      : h('p', { class: 'notice bad' }, w('party.unverified')),
    work.partyRecheckedOn && h('p', null, '✓ ', w('party.recheckedOn', { on: date(work.partyRecheckedOn) })),
    h('p', { class: 'hint' }, w(work.partyIsUnit ? 'party.unit' : 'party.person')),
    agency && [
      facts([w('posting.agency'), agency.name], [t('market.licence'), agency.licenceNo]),
      !agency.licenceValid && h('p', { class: 'notice bad' }, agency.licenceProblem ?? w('posting.licenceBad')),
      lines([w('posting.agencyFree')]),
    ],
  );
}
