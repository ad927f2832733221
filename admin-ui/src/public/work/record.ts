import { askOwn } from '../api';
import { h, replace } from '../dom';
import { section } from '../frame';
import { Act } from './act';
import { DeleteRecordDocument, ExportRecordDocument, MyRecordDocument } from './gql/graphql';
import { actButton, facts, redrawn, sureButton } from './kit';
import { ownPage } from './signin';
import { hours, money, w } from './text';

/** One's own work record (零工履历): one's own to show, to take along, and to delete; nobody is ranked by it. */
export async function showRecord(slug: string) {
  const draw = () => showRecord(slug);
  const page = await ownPage(slug, w('record.title'), draw, w('me.signIn'));
  if (!page) return;
  const { myRecord: record } = await askOwn(slug, MyRecordDocument, {});
  const take = (format: 'PDF' | 'JSON') => {
    const act = new Act();
    return actButton(
      w(`record.${format}`),
      async () => {
        const { done, refused } = await act.run(slug, ExportRecordDocument, { format });
        if (done) location.assign(done.url);
        return refused;
      },
      format === 'JSON',
    );
  };
  const gone = new Act();
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: `/${slug}/me` }, w('me.back'))),
    h('h1', null, w('record.title')),
    h('p', { class: 'lead' }, w('record.lead')),
    record &&
      section(
        w('record.all'),
        facts(
          [w('record.days'), w('record.dayCount', { n: record.days })],
          [w('record.time'), hours(record.minutes)],
          [w('record.paid'), money(record.paidFen)],
        ),
        record.trades.length > 0 && h('h3', null, w('record.trades')),
        facts(
          ...record.trades.map(
            (trade) =>
              [trade.tradeName, `${w('record.dayCount', { n: trade.days })} · ${money(trade.paidFen)}`] as [
                string,
                string,
              ],
          ),
        ),
      ),
    section(
      w('record.take'),
      h('p', null, w('record.signed')),
      take('PDF'),
      take('JSON'),
      h('a', { class: 'button quiet wide', href: `/${slug}/verify` }, w('record.verify')),
    ),
    section(
      w('record.delete'),
      sureButton(w('record.delete'), h('p', null, w('record.deleteMeans')), w('record.deleteYes'), async () => {
        const { refused } = await gone.run(slug, DeleteRecordDocument, {});
        if (!refused) await redrawn(draw);
        return refused;
      }),
    ),
  );
}
