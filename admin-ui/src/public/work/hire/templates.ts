import { ask, askOwn } from '../../api';
import { h, replace } from '../../dom';
import { TradeNamesDocument } from '../../gql/graphql';
import { t } from '../../text';
import { Act } from '../act';
import { DropTemplateDocument, KeepTemplateDocument, MyTemplatesDocument } from '../gql/graphql';
import { form, sureButton, textField, unfold } from '../kit';
import { everything } from '../list';
import { opened } from './opened';
import { e } from './text';
import { ofPosting, type Posting, type Template } from './written';

export const templatesOf = (slug: string, partyId: string): Promise<Template[]> =>
  everything(async (after) => {
    const { postingTemplates } = await askOwn(slug, MyTemplatesDocument, { partyId, first: 100, after });
    return postingTemplates;
  });

/** What a trade is called, by its code. */
export async function tradeNames(slug: string): Promise<Record<string, string>> {
  const { trades } = await ask(slug, TradeNamesDocument, {});
  return Object.fromEntries((trades ?? []).map(({ code, name }) => [code, name]));
}

const startOf = (slug: string, { id }: Template) => `/${slug}/hire/post?template=${encodeURIComponent(id)}`;

/** Above an empty form: what was kept, one press each to fill it in. */
export function templateLinks(slug: string, all: readonly Template[], chosen: string | undefined) {
  if (all.length === 0) return null;
  const link = (one: Template) =>
    h('a', { class: 'chip link', href: startOf(slug, one), 'aria-current': one.id === chosen && 'true' }, one.name);
  return h(
    'nav',
    { class: 'block', 'aria-labelledby': 'from-template' },
    h('h2', { id: 'from-template' }, e('template.from')),
    h('p', { class: 'hint' }, e('template.fromHint')),
    h('div', { class: 'chips' }, all.map(link)),
  );
}

/** Keeps a posting, so that the next one is filled in with one press. */
export function keepTemplate(slug: string, posting: Posting) {
  const name = textField({
    name: 'name',
    label: e('template.name'),
    value: posting.title,
    maxlength: 40,
    required: true,
  });
  const act = new Act();
  const box = h('div');
  const send = async () => {
    const { done, refused } = await act.run(slug, KeepTemplateDocument, {
      name: name.value(),
      input: ofPosting(posting),
    });
    if (refused) return refused;
    const told = h('p', { class: 'notice', role: 'status', tabindex: '-1' }, e('template.kept', { name: done.name }));
    replace(box, told);
    told.focus();
    return null;
  };
  replace(
    box,
    form(() => [name], [h('p', { class: 'hint' }, e('template.why')), name.box], e('template.keepYes'), send),
  );
  return unfold(e('template.keep'), box);
}

/** What a hiring party kept: to post from, and to throw away. */
export function templateList(slug: string, partyId: string) {
  const box = h('div');
  const load = async () => {
    const all = await templatesOf(slug, partyId);
    replace(
      box,
      all.length === 0 && h('p', { class: 'hint' }, e('template.none')),
      h(
        'ul',
        { class: 'people' },
        all.map((one) => h('li', null, templateRow(slug, one, load))),
      ),
    );
  };
  return opened(e('template.title'), box, load);
}

function templateRow(slug: string, one: Template, again: () => Promise<void>) {
  const act = new Act();
  const label = `${e('template.use')}${t('app.colon')}${one.name}`;
  return [
    h('b', null, one.name),
    h('a', { class: 'button', href: startOf(slug, one), 'aria-label': label }, e('template.use')),
    sureButton(
      e('template.drop', { name: one.name }),
      h('p', null, e('template.dropMeans')),
      e('template.dropYes'),
      async () => {
        const { refused } = await act.run(slug, DropTemplateDocument, { id: one.id, version: one.version });
        if (!refused) await again();
        return refused;
      },
    ),
  ];
}
