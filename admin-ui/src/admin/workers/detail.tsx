import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { RegistrationSlipButton } from '../counter/slips';
import { type PersonalField, WorkerPageDocument, type WorkerPageQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { Fact, Facts } from '../kit/facts';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
import { Masked } from '../people/reveal';
import { WorkerActions } from './actions';
import { Certificates } from './certificates';
import { Difficulties } from './difficulties';
import { Age, LookingChip } from './list';

const route = getRouteApi('/$slug/workers/$id');
/** Dawn, day, evening, night: all of them, or none named, is any. */
const ALL_HOURS = 4;
export type WorkerOne = NonNullable<WorkerPageQuery['worker']>;

/** What every part of the page of a worker gets. */
export interface WorkerProps {
  worker: WorkerOne;
  refetch: () => void;
}

/** One worker: what it wants to work at, where and when; who it is only for a reason. */
export function WorkerDetail() {
  const { id } = route.useParams();
  const query = useQuery({ query: WorkerPageDocument, variables: { id } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.worker}>
      {(worker) => (
        <Page
          title={worker.nameMasked}
          lead={worker.countyName}
          actions={
            <>
              <RegistrationSlipButton workerId={worker.id} />
              <WorkerActions worker={worker} refetch={refetch} />
            </>
          }
        >
          <WorkerFacts worker={worker} />
          <Certificates worker={worker} refetch={refetch} />
          <Difficulties worker={worker} refetch={refetch} />
        </Page>
      )}
    </Found>
  );
}

function WorkerFacts({ worker: w }: { worker: WorkerOne }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug, can } = useSession();
  const shown = (field: PersonalField, masked: string | null) =>
    masked && can('worker.reveal') ? <Masked key={field} id={w.id} field={field} masked={masked} /> : (masked ?? '—');
  const wishes = [w.steadyJob ? t('workers.steadyJob') : '', w.training ? t('workers.training') : ''].filter(Boolean);
  const facts: [string, ReactNode][] = [
    [t('workers.name'), shown('NAME', w.nameMasked)],
    [t('workers.idNumber'), shown('ID_NUMBER', w.idNumberMasked)],
    [t('workers.phone'), shown('PHONE', w.phoneMasked)],
    [t('workers.age'), <Age key="age" worker={w} />],
    [
      t('workers.state'),
      <span key="state">
        <LookingChip worker={w} />{' '}
        <span className="soft">
          {w.looking ? t('workers.until', { at: format.dateTime(w.lookingUntil) }) : ''} {t('workers.confirmedAt')}{' '}
          {format.dateTime(w.lastConfirmedAt)}
        </span>
      </span>,
    ],
    [t('workers.trades'), format.list(w.trades.map(({ name }) => name))],
    [
      t('workers.hours'),
      w.hours.length % ALL_HOURS === 0 ? t('workers.anyHours') : format.list(w.hours.map((h) => term('workHours', h))),
    ],
    [t('workers.radius'), t('workers.km', { n: w.radiusKm })],
    [t('workers.wishes'), wishes.map((wish) => <Chip key={wish}>{wish}</Chip>)],
    [
      t('workers.registered'),
      [format.dateTime(w.createdAt), w.marketName, term('workerSource', w.source)].filter(Boolean).join(' · '),
    ],
    ...(w.retirementKind
      ? ([[t('counter.retirement'), term('femaleKind', w.retirementKind)]] as [string, ReactNode][])
      : []),
    ...(can('citizen.read')
      ? ([
          [
            t('workers.citizen'),
            <Link key="citizen" to="/$slug/citizens/$id" params={{ slug, id: w.citizenId }}>
              {t('citizens.consents')}
            </Link>,
          ],
        ] as [string, ReactNode][])
      : []),
  ];
  return (
    <Facts>
      {facts.map(([label, value]) => (
        <Fact key={label} label={label}>
          {Array.isArray(value) && value.length === 0 ? '—' : value}
        </Fact>
      ))}
    </Facts>
  );
}
