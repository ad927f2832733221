import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { ExportReturnDocument, ReturnPageDocument, type ReturnPageQuery, ReturnsDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { ExportButton } from '../kit/download';
import { Fact, Facts } from '../kit/facts';
import { today, useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Loaded, Nothing } from '../kit/state';
import { Timeline } from '../kit/timeline';
import { ReturnActions } from './actions';
import { Filer } from './filer';
import { FirstReportCard } from './first-report';
import { SnapshotRows } from './rows';
import { RETURN_TONES } from './tones';
import { yearsToChoose } from './year';
import { YearSelect } from './year-select';

const route = getRouteApi('/$slug/returns');
export type Return = NonNullable<ReturnPageQuery['directoryReturn']>;

/** The yearly return of the directory (年度填报) to the province: calendar, rows, and each step of it. */
export function ReturnPage() {
  const t = useT();
  const { slug, can } = useSession();
  const search = route.useSearch();
  const navigate = useNavigate();
  const thisYear = Number(today().slice(0, 4));
  const year = search.year ?? thisYear;
  const pages = usePages(String(year));
  const [list, askList] = useQuery({ query: ReturnsDocument });
  const query = useQuery({ query: ReturnPageDocument, variables: { year, first: PAGE_SIZE, after: pages.after } });
  const refetch = () => {
    query[1]({ requestPolicy: 'network-only' });
    askList({ requestPolicy: 'network-only' });
  };
  const begun = (list.data?.directoryReturns ?? []).map((r) => r.year);
  const years = yearsToChoose(thisYear, year, begun, list.data?.firstReport?.dueOn);
  const first = list.data?.firstReport ? (
    <FirstReportCard
      first={list.data.firstReport}
      reported={(list.data.directoryReturns ?? []).some((r) => r.submittedAt !== null)}
      refetch={refetch}
    />
  ) : null;

  return (
    <Page
      title={t('returns.title', { year })}
      lead={t('returns.lead')}
      actions={
        <>
          <YearSelect
            year={year}
            years={years}
            onChange={(next) => void navigate({ to: '/$slug/returns', params: { slug }, search: { year: next } })}
          />
          {can('return.export') && query[0].data?.directoryReturn ? (
            <Export item={query[0].data.directoryReturn} />
          ) : null}
        </>
      }
    >
      <Loaded query={query}>
        {({ directoryReturn: item }) =>
          item ? (
            <>
              <Standing item={item} />
              <ReturnActions item={item} refetch={refetch} />
              {first}
              <Calendar item={item} />
              <SnapshotRows item={item} pages={pages} />
              <h2>{t('returns.history')}</h2>
              <Timeline events={item.history} />
            </>
          ) : (
            // A first report of a later year: nothing is due before, and its day can still be changed.
            <>
              <Nothing text={t('returns.none', { year })} />
              {first}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Export({ item }: { item: Return }) {
  const [run] = useAction(ExportReturnDocument);
  return <ExportButton formats={item.exports} run={(format) => run({ id: item.id, format })} />;
}

function Standing({ item }: { item: Return }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <>
      {item.status === 'RETURNED' && item.returnedReason ? (
        <Alert className="gap" type="error" showIcon title={t('returns.returned')} description={item.returnedReason} />
      ) : null}
      {item.provisional ? <Alert className="gap" type="info" showIcon title={t('returns.provisional')} /> : null}
      <Facts className="gap">
        <Fact label={t('returns.status')}>
          <Chip tone={RETURN_TONES[item.status] ?? 'plain'}>{term('return', item.status)}</Chip>{' '}
          {t('returns.version', { n: item.versionNo })}
        </Fact>
        <Fact label={t('returns.due')}>{format.date(item.dueOn)}</Fact>
        <Fact label={t('returns.remindOn')}>{format.date(item.remindOn)}</Fact>
        {item.filer ? (
          <Fact label={t('returns.filer')}>
            <Filer item={item} may="return.reveal" />
          </Fact>
        ) : null}
        {item.frozenAt ? <Fact label={t('returns.frozenAt')}>{format.dateTime(item.frozenAt)}</Fact> : null}
        {item.submittedAt ? <Fact label={t('returns.submittedAt')}>{format.dateTime(item.submittedAt)}</Fact> : null}
        {item.deliveredAt ? <Fact label={t('returns.deliveredAt')}>{format.dateTime(item.deliveredAt)}</Fact> : null}
      </Facts>
    </>
  );
}

/** The reporting calendar (填报日历): reminders by mail, counted in working days, then the day itself. */
function Calendar({ item }: { item: Return }) {
  const t = useT();
  const format = useFormat();
  return (
    <section aria-label={t('returns.calendar')}>
      <h2>{t('returns.calendar')}</h2>
      <ol className="calendar">
        {item.reminders.map((r) => (
          <li key={r.on} className={r.sent ? 'past' : ''}>
            <b>{format.date(r.on)}</b>
            <span>{t('returns.reminder', { n: r.workingDaysBefore })}</span>
            <span className="soft">{t(r.sent ? 'returns.reminded' : 'returns.toRemind')}</span>
          </li>
        ))}
        <li className="due">
          <b>{format.date(item.dueOn)}</b>
          <span>{t('returns.dueDay')}</span>
        </li>
      </ol>
    </section>
  );
}
