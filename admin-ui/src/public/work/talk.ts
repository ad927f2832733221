import { askOwn } from '../api';
import { h, replace } from '../dom';
import { section } from '../frame';
import { Act, faultText } from './act';
import { MarkReadDocument, MessagesDocument, type MessagesQuery, SayDocument } from './gql/graphql';
import type { Job } from './job';
import { form, textField } from './kit';
import { moment, w } from './text';

const PAGE = 100;
type Said = NonNullable<MessagesQuery['messages']>['edges'][number]['node'];

/** Both sides can talk before anything is confirmed: the house passes it on, numbers stay hidden. */
export function talk(slug: string, job: Job) {
  const list = h('ol', { class: 'talk', 'aria-live': 'polite' });
  const load = async () => {
    try {
      const said = await all(slug, job.id);
      replace(
        list,
        said.length === 0 && h('li', { class: 'hint' }, w('talk.none')),
        said.map((one) => message(one, job.viewer)),
      );
      if (said.some(({ side, readAt }) => side !== job.viewer && !readAt))
        await new Act().run(slug, MarkReadDocument, { id: job.id }).catch(() => null);
    } catch (fault) {
      replace(list, h('li', { class: 'notice bad' }, faultText(fault)));
    }
  };
  void load();
  const block = section(w('talk.title'), !job.confirmedAt && h('p', { class: 'hint' }, w('talk.hidden')), list);
  if (!job.endedAt && job.status !== 'PAID') block.append(write(slug, job, load));
  return block;
}

async function all(slug: string, id: string): Promise<Said[]> {
  const said: Said[] = [];
  let after: string | null = null;
  for (;;) {
    const { messages }: MessagesQuery = await askOwn(slug, MessagesDocument, { id, first: PAGE, after });
    if (!messages) return said;
    said.push(...messages.edges.map((edge) => edge.node));
    if (!messages.pageInfo.hasNextPage) return said;
    after = messages.pageInfo.endCursor;
  }
}

function message({ side, at, text, readAt }: Said, viewer: Job['viewer']) {
  const mine = side === viewer;
  return h(
    'li',
    { class: mine ? 'mine' : 'theirs' },
    h('small', null, w(mine ? 'talk.me' : `side.${side}`), ' ', moment(at), mine && readAt && ` · ${w('talk.read')}`),
    h('p', { class: 'pre' }, text),
  );
}

function write(slug: string, job: Job, load: () => Promise<void>) {
  const act = new Act();
  const text = textField({ name: 'text', label: w('talk.write'), rows: 2, maxlength: 500, required: true });
  const send = async () => {
    const { refused } = await act.run(slug, SayDocument, { id: job.id, text: text.value() });
    if (refused) return refused;
    (text.box.querySelector('textarea') as HTMLTextAreaElement).value = '';
    await load();
    return null;
  };
  return form(() => [text], text.box, w('talk.send'), send);
}
