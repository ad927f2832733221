import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import {
  PartyFavouritesDocument,
  type PartyFavouritesQuery,
  PostingTemplatesDocument,
  type PostingTemplatesQuery,
  RemoveFavouriteDocument,
  RemovePostingTemplateDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { PartList } from '../kit/parts';
import { useSpan, useWage } from '../postings/words';
import type { PartyTabProps } from './detail';

type Template = NonNullable<PostingTemplatesQuery['postingTemplates']>['edges'][number]['node'];
type Favourite = NonNullable<PartyFavouritesQuery['favourites']>['edges'][number]['node'];

/** Forms that a party fills in again and again (招聘模板); a posting is kept as one on its own page. */
export function Templates({ party }: PartyTabProps) {
  const t = useT();
  const format = useFormat();
  const wage = useWage();
  const span = useSpan();
  const pages = usePages(party.id);
  const query = useQuery({
    query: PostingTemplatesDocument,
    variables: { partyId: party.id, first: PAGE_SIZE, after: pages.after },
  });
  const [remove] = useAction(RemovePostingTemplateDocument);
  const first = (row: Template) => row.form.shifts[0];
  return (
    <Paged query={query} pages={pages} of={(data) => data.postingTemplates}>
      {(rows) => (
        <PartList<Template>
          title={t('parties.tab.templates')}
          lead={<p className="soft">{t('templates.lead')}</p>}
          rows={rows}
          empty={t('templates.noneYet')}
          nameOf={(row) => row.name}
          canAdd={false}
          canEdit={false}
          dialog={() => null}
          remove={({ id, version }) => remove({ id, version })}
          refetch={() => query[1]({ requestPolicy: 'network-only' })}
          columns={[
            { title: t('templates.name'), render: (_, r) => r.name },
            { title: t('posting.duties'), render: (_, r) => r.form.duties },
            { title: t('postings.col.wage'), render: (_, r) => wage(r.form) },
            {
              title: t('templates.next'),
              render: (_, r) => {
                const shift = first(r);
                return shift ? t('templates.shift', { time: span(shift), n: shift.headcount }) : '—';
              },
            },
            { title: t('templates.created'), className: 'nowrap', render: (_, r) => format.date(r.createdAt) },
          ]}
        />
      )}
    </Paged>
  );
}

/** Workers whom a party would take again (常用工), masked. */
export function Favourites({ party }: PartyTabProps) {
  const t = useT();
  const format = useFormat();
  const pages = usePages(party.id);
  const query = useQuery({
    query: PartyFavouritesDocument,
    variables: { partyId: party.id, first: PAGE_SIZE, after: pages.after },
  });
  const [remove] = useAction(RemoveFavouriteDocument);
  return (
    <Paged query={query} pages={pages} of={(data) => data.favourites}>
      {(rows) => (
        <PartList<Favourite>
          title={t('parties.tab.favourites')}
          lead={<p className="soft">{t('favourites.lead')}</p>}
          rows={rows}
          empty={t('favourites.none')}
          nameOf={(row) => row.worker.nameMasked}
          canAdd={false}
          canEdit={false}
          dialog={() => null}
          remove={({ worker }) => remove({ partyId: party.id, workerId: worker.id })}
          refetch={() => query[1]({ requestPolicy: 'network-only' })}
          columns={[
            { title: t('favourites.worker'), render: (_, r) => r.worker.nameMasked },
            {
              title: t('favourites.looking'),
              render: (_, r) => (
                <Chip tone={r.worker.looking ? 'good' : 'plain'}>
                  {t(r.worker.looking ? 'favourites.isLooking' : 'favourites.notLooking')}
                </Chip>
              ),
            },
            { title: t('favourites.since'), className: 'nowrap', render: (_, r) => format.date(r.since) },
          ]}
        />
      )}
    </Paged>
  );
}
