import { useQuery } from 'urql';
import { useT } from '../../app/i18n';
import { AgencyHistoryDocument, type AgencyHistoryQuery } from '../../gql/graphql';
import { useFormat } from '../../kit/format';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { Timeline } from '../../kit/timeline';
import type { AgencyTabProps } from '../detail';

type Event = NonNullable<AgencyHistoryQuery['agencyHistory']>['edges'][number]['node'];

/** What happened to an agency, in whatever city it was decided. */
export function HistoryTab({ agency }: AgencyTabProps) {
  const t = useT();
  const format = useFormat();
  const pages = usePages(agency.id);
  const query = useQuery({
    query: AgencyHistoryDocument,
    variables: { id: agency.id, first: PAGE_SIZE, after: pages.after },
  });
  const note = (event: Event) =>
    [
      event.article ? t('agencies.byArticle', { article: event.article }) : '',
      event.fields.length ? t('agencies.changed', { fields: format.list(event.fields) }) : '',
      event.decidedIn ? t('agencies.decidedIn', { code: event.decidedIn }) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <Paged query={query} pages={pages} of={(data) => data.agencyHistory}>
      {(rows) => <Timeline events={rows.map((event) => ({ ...event, actor: null, note: note(event) || null }))} />}
    </Paged>
  );
}
