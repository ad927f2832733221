import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  BlockCitizenDocument,
  CitizenPageDocument,
  type CitizenPageQuery,
  EraseCitizenDocument,
  ExportCitizenDataDocument,
  UnblockCitizenDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { save } from '../kit/download';
import { Fact, Facts } from '../kit/facts';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Reason } from '../kit/reason';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

const route = getRouteApi('/$slug/citizens/$id');
type Citizen = NonNullable<CitizenPageQuery['citizen']>;
type Consent = NonNullable<Citizen['consents']>[number];

/** Somebody of the city without an account (个人用户): what it consented to, and its rights over what is held. */
export function CitizenDetail() {
  const t = useT();
  const { id } = route.useParams();
  const query = useQuery({ query: CitizenPageDocument, variables: { id } });
  return (
    <Loaded query={query}>
      {({ citizen }) =>
        citizen ? (
          <Page
            title={t('citizens.title', { name: citizen.nameMasked ?? '' })}
            actions={<Actions citizen={citizen} refetch={() => query[1]({ requestPolicy: 'network-only' })} />}
          >
            <CitizenFacts citizen={citizen} />
            <h2>{t('citizens.consents')}</h2>
            <Consents rows={citizen.consents ?? []} />
          </Page>
        ) : (
          <Page title={t('state.notFound')}>
            <Nothing text={t('citizens.notFound')} />
          </Page>
        )
      }
    </Loaded>
  );
}

function CitizenFacts({ citizen: c }: { citizen: Citizen }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const facts: [string, ReactNode][] = [
    [
      t('citizens.status'),
      <Chip key="status" tone={c.status === 'ACTIVE' ? 'good' : 'bad'}>
        {term('citizenStatus', c.status)}
      </Chip>,
    ],
    [t('citizens.name'), c.nameMasked ?? '—'],
    [t('workers.idNumber'), c.idNumberMasked ?? '—'],
    [
      t('citizens.phone'),
      <span key="phone">
        {c.phoneMasked ?? '—'} {c.phoneProved ? <Chip tone="good">{t('citizens.phoneProved')}</Chip> : null}
      </span>,
    ],
    [t('citizens.lang'), term('letterLang', c.lang)],
    [t('citizens.created'), format.dateTime(c.createdAt)],
  ];
  return (
    <Facts>
      {facts.map(([label, value]) => (
        <Fact key={label} label={label}>
          {value}
        </Fact>
      ))}
    </Facts>
  );
}

function Consents({ rows }: { rows: Consent[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <DataTable<Consent>
      rowKey="id"
      aria-label={t('citizens.consents')}
      dataSource={rows}
      scroll={{ x: 720 }}
      locale={{ emptyText: <Nothing text={t('citizens.noConsents')} /> }}
      columns={[
        { title: t('citizens.purpose'), render: (_, c) => term('consentPurpose', c.purpose) },
        { title: t('citizens.how'), render: (_, c) => term('consentHow', c.how) },
        { title: t('citizens.noticeVersion'), dataIndex: 'noticeVersion' },
        { title: t('citizens.givenAt'), render: (_, c) => format.dateTime(c.givenAt) },
        { title: t('citizens.withdrawnAt'), render: (_, c) => format.dateTime(c.withdrawnAt) },
      ]}
    />
  );
}

type What = 'block' | 'export' | 'erase';

/** Blocking and unblocking are the bureau's; handing out and erasing the security administrator's, once it is blocked. */
function Actions({ citizen, refetch }: { citizen: Citizen; refetch: () => void }) {
  const t = useT();
  const tell = useTell();
  const { can } = useSession();
  const [asking, setAsking] = useState<What | null>(null);
  const [block] = useAction(BlockCitizenDocument);
  const [erase] = useAction(EraseCitizenDocument);
  const [exportData] = useAction(ExportCitizenDataDocument);
  const at = { id: citizen.id, version: citizen.version };
  const blocked = citizen.status === 'BLOCKED';
  const act = async (what: What, reason: string): Promise<Outcome<unknown>> => {
    if (what === 'export') {
      const outcome = await exportData({ id: citizen.id, reason });
      if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
      return outcome;
    }
    const outcome = what === 'block' ? await block({ ...at, reason }) : await erase({ ...at, reason });
    if (outcome.kind === 'done') tell(outcome, t(what === 'block' ? 'citizens.blocked' : 'citizens.erased'));
    return outcome;
  };
  return (
    <>
      {can('citizen.export') ? (
        <Button aria-haspopup="dialog" onClick={() => setAsking('export')}>
          {t('citizens.export')}
        </Button>
      ) : null}
      {can('citizen.block') && !blocked ? (
        <Button danger aria-haspopup="dialog" onClick={() => setAsking('block')}>
          {t('citizens.block')}
        </Button>
      ) : null}
      {can('citizen.unblock') && blocked ? <Unblock citizen={citizen} refetch={refetch} /> : null}
      {can('citizen.erase') ? (
        blocked ? (
          <Button danger aria-haspopup="dialog" onClick={() => setAsking('erase')}>
            {t('citizens.erase')}
          </Button>
        ) : (
          <span className="soft">{t('citizens.eraseFirst')}</span>
        )
      ) : null}
      {asking ? (
        <FormDialog<{ reason: string }>
          name="citizen"
          danger={asking !== 'export'}
          title={t(asking === 'block' ? 'citizens.blockTitle' : `citizens.${asking}`)}
          submitText={t(`citizens.${asking}`)}
          onClose={() => setAsking(null)}
          onDone={refetch}
          onSubmit={({ reason }) => act(asking, reason.trim())}
        >
          <p>{t(`citizens.${asking}Text`)}</p>
          <Reason hint={t('reveal.reasonHint')} least={4} max={200} />
        </FormDialog>
      ) : null}
    </>
  );
}

function Unblock({ citizen, refetch }: { citizen: Citizen; refetch: () => void }) {
  const t = useT();
  const tell = useTell();
  const [unblock, busy] = useAction(UnblockCitizenDocument);
  const run = async () => {
    tell(await unblock({ id: citizen.id, version: citizen.version }), t('citizens.unblocked'));
    refetch();
  };
  return (
    <Button loading={busy} onClick={() => void run()}>
      {t('citizens.unblock')}
    </Button>
  );
}
