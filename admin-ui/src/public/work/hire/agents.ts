import { askOwn } from '../../api';
import { h, replace } from '../../dom';
import { Act, faultText, type Refusal } from '../act';
import {
  AgentsDocument,
  type AgentsQuery,
  AnswerAgentDocument,
  AskToActDocument,
  AuthoriseDocument,
  EndAgentDocument,
  MyAgencyRequestsDocument,
} from '../gql/graphql';
import { actButton, form, redrawn, sureButton, textField, unfold } from '../kit';
import type { Viewer } from '../signin';
import { moment, w } from '../text';
import { opened } from './opened';
import { e } from './text';

type Agents = NonNullable<AgentsQuery['hiringParty']>;
type Again = () => Promise<void>;

/** Who acts for a unit (经办人): its owner lets them, and ends that; whoever asks waits for an answer here. */
export function agentsBox(slug: string, partyId: string) {
  const box = h('div');
  const load = async () => {
    const { hiringParty } = await askOwn(slug, AgentsDocument, { id: partyId });
    if (hiringParty) replace(box, people(slug, hiringParty, load));
  };
  return opened(e('agents.title'), box, load);
}

function people(slug: string, { id, members, agentRequests }: Agents, again: Again) {
  return h(
    'div',
    null,
    (agentRequests ?? []).map((one) => request(slug, one, again)),
    h(
      'ul',
      { class: 'people' },
      (members ?? []).map((one) =>
        h(
          'li',
          null,
          h('b', null, called(one)),
          h('span', { class: 'tag' }, e(`agents.${one.role}`)),
          one.role === 'AGENT' && ending(slug, one, again),
        ),
      ),
    ),
    authorise(slug, id, again),
  );
}

const called = ({ name, phone }: { name: string | null; phone: string | null }) =>
  [name, phone].filter(Boolean).join(' ') || e('agents.nameless');

/** What is answered is answered for good: a no says why. */
function request(slug: string, one: NonNullable<Agents['agentRequests']>[number], again: Again) {
  const act = new Act();
  const answer = async (accept: boolean): Promise<Refusal | null> => {
    const input = { accept, reason: accept ? null : reason.value(), evidence: null };
    const { refused } = await act.run(slug, AnswerAgentDocument, { id: one.id, input });
    if (!refused) await again();
    // Several may ask at once, and each has a field of his own.
    return refused?.field === 'input.reason' ? { ...refused, field: reason.name } : (refused ?? null);
  };
  const reason = textField({ name: `reason-${one.id}`, label: w('cancel.reason'), maxlength: 200, required: true });
  return h(
    'div',
    { class: 'notice' },
    h('p', null, e('agents.asks', { who: called(one), at: moment(one.askedAt) })),
    actButton(e('agents.yes'), () => answer(true)),
    unfold(
      e('agents.no'),
      form(
        () => [reason],
        reason.box,
        e('agents.noYes'),
        () => answer(false),
      ),
    ),
  );
}

function ending(slug: string, one: { id: string; name: string | null; phone: string | null }, again: Again) {
  const act = new Act();
  return sureButton(
    e('agents.end', { who: one.name ?? one.phone ?? '' }),
    h('p', null, e('agents.endMeans')),
    e('agents.endYes'),
    async () => {
      const { refused } = await act.run(slug, EndAgentDocument, { id: one.id });
      if (!refused) await again();
      return refused;
    },
  );
}

/** Whoever acts for a unit of somebody else's stops doing so without asking anybody. */
export function leaving(slug: string, { memberId, displayName }: Viewer['parties'][number], draw: () => void) {
  const act = new Act();
  return sureButton(
    e('agents.leave', { name: displayName }),
    h('p', null, e('agents.leaveMeans')),
    e('agents.leaveYes'),
    async () => {
      const { refused } = await act.run(slug, EndAgentDocument, { id: memberId });
      if (!refused) await redrawn(draw);
      return refused;
    },
  );
}

/** The last request for each unit; the newest comes first. */
export const lastOfEach = <T extends { partyId: string }>(requests: T[]): T[] =>
  requests.filter(({ partyId }, n) => requests.findIndex((one) => one.partyId === partyId) === n);

/** For which units one asked to act, and what came of it; what was granted stands among one's parties. */
export function ownRequests(slug: string) {
  const box = h('div');
  const load = async () => {
    const { myAgencyRequests } = await askOwn(slug, MyAgencyRequestsDocument, {});
    const open = lastOfEach(myAgencyRequests ?? []).filter(({ status }) => status !== 'GRANTED');
    if (open.length === 0) return;
    replace(
      box,
      h('h2', null, e('agents.mine')),
      open.map((one) =>
        h(
          'p',
          { class: one.status === 'DECLINED' ? 'notice bad' : 'notice' },
          h('b', null, one.partyName),
          ` · ${moment(one.askedAt)} · `,
          one.status === 'DECLINED' ? e('agents.declined', { reason: one.reason ?? '' }) : e('agents.waits'),
        ),
      ),
    );
  };
  load().catch((fault) => replace(box, faultText(fault)));
  return box;
}

function authorise(slug: string, partyId: string, again: Again) {
  const phone = textField({
    ...{ name: 'phone', label: e('agents.phone'), hint: e('agents.phoneHint') },
    ...{ type: 'tel', inputmode: 'numeric', maxlength: 20, required: true },
  });
  const act = new Act();
  const send = async () => {
    const { refused } = await act.run(slug, AuthoriseDocument, { partyId, phone: phone.value() });
    if (!refused) await again();
    return refused ?? null;
  };
  return unfold(
    e('agents.add'),
    form(() => [phone], phone.box, e('agents.addYes'), send),
  );
}

/** Whoever finds his unit registered asks to act for it: its owner says yes, or the counter does. */
export function askToAct(slug: string) {
  const uscc = textField({
    ...{ name: 'unit', label: e('party.uscc'), hint: e('party.usccHint'), maxlength: 18, required: true },
  });
  const act = new Act();
  const why = h('div');
  const box = h('div');
  const send = async () => {
    const { refused } = await act.run(slug, AskToActDocument, { uscc: uscc.value() });
    // The server calls it `uscc`, as the form above calls its own.
    if (refused) return refused.field === 'uscc' ? { ...refused, field: uscc.name } : refused;
    const told = h('p', { class: 'notice', role: 'status', tabindex: '-1' }, e('agents.asked'));
    replace(why);
    replace(box, told);
    told.focus();
    return null;
  };
  replace(
    box,
    form(() => [uscc], [h('p', { class: 'hint' }, e('agents.askHint')), uscc.box], e('agents.ask'), send),
  );
  const details = unfold(e('agents.askTitle'), why, box);
  /** Somebody wanted to register it: why that cannot be stands here, and the code need not be typed again. */
  const about = (code: string, message: string) => {
    details.open = true;
    replace(why, h('p', { class: 'notice bad', role: 'alert' }, message));
    uscc.set(code);
    uscc.focus();
  };
  return { box: details, about };
}
