import { getRouteApi } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { PostingPageDocument, type PostingWholeFragment } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
import { Timeline } from '../kit/timeline';
import { Deliveries } from './deliveries';
import { PostingFacts, Shifts } from './facts';
import { Findings } from './findings';
import { PostingActions } from './lifecycle';
import { textOf } from './texts';
import { PostingStatusTag } from './words';

const route = getRouteApi('/$slug/postings/$id');

/** Everything about one posting: what it says, what the linter says of it, what happened to it, and where it is shown. */
export function PostingDetail() {
  const t = useT();
  const { id } = route.useParams();
  const { can } = useSession();
  const query = useQuery({ query: PostingPageDocument, variables: { id } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.posting}>
      {(posting) => (
        <Page
          title={posting.title}
          lead={<Lead posting={posting} />}
          actions={<PostingActions posting={posting} refetch={refetch} />}
        >
          <Notes posting={posting} />
          <PostingFacts posting={posting} />
          <Shifts posting={posting} />
          <section aria-labelledby="findings-title">
            <h2 id="findings-title">{t('lint.title')}</h2>
            <Findings findings={posting.findings} textOf={(field) => textOf(posting, field)} />
          </section>
          {can('channel.manage') ? <Deliveries filter={{ postingId: posting.id }} /> : null}
          <h2>{t('postings.history')}</h2>
          <Timeline events={posting.history} />
        </Page>
      )}
    </Found>
  );
}

function Lead({ posting: p }: { posting: PostingWholeFragment }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <PostingStatusTag status={p.status} /> {p.stale ? <Chip tone="warn">{t('postings.stale')}</Chip> : null}{' '}
      {p.instant ? <Chip tone="busy">{t('postings.instant')}</Chip> : null}{' '}
      {p.priority ? <Chip tone="busy">{t('postings.priority')}</Chip> : null} {p.reviewed ? t('postings.reviewed') : ''}
      {p.reviewDueAt ? (
        <Chip tone={p.reviewOverdue ? 'bad' : 'warn'}>
          {t(p.reviewOverdue ? 'postings.dueOver' : 'postings.due', { at: format.dateTime(p.reviewDueAt) })}
        </Chip>
      ) : null}
    </>
  );
}

/** What stands in the way, and what its author was told. */
function Notes({ posting: p }: { posting: PostingWholeFragment }) {
  const t = useT();
  const term = useTerm();
  return (
    <>
      {p.statusReason ? (
        <Alert className="gap" type="warning" showIcon title={t('postings.statusReason', { reason: p.statusReason })} />
      ) : null}
      {p.agency && !p.agency.licenceValid ? (
        <Alert
          className="gap"
          type="error"
          showIcon
          title={t('postings.licenceProblem', { agency: p.agency.name })}
          description={p.agency.licenceProblem}
        />
      ) : null}
      {p.remarks.length > 0 ? (
        <Alert
          className="gap"
          type="warning"
          showIcon
          title={t('postings.remarks')}
          description={
            <ul>
              {p.remarks.map((remark) => (
                <li key={`${remark.field ?? ''}${remark.text}`}>
                  {remark.field ? <b>{term('postingField', remark.field)} </b> : null}
                  {remark.text}
                </li>
              ))}
            </ul>
          }
        />
      ) : null}
    </>
  );
}
