import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  ExportProvinceDocument,
  ProvinceReturnsDocument,
  type ProvinceReturnsQuery,
  SetMinistryDeadlineDocument,
} from '../gql/graphql';
import { ExportButton } from '../kit/download';
import { Figure } from '../kit/facts';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { useRequired } from '../kit/rules';
import { Loaded } from '../kit/state';
import { YearSelect } from '../returns/year-select';
import { Cities } from './cities';
import { Reports } from './reports';

const route = getRouteApi('/$slug/province');
type Row = NonNullable<ProvinceReturnsQuery['provinceReturns']>[number];
type Deadlines = NonNullable<ProvinceReturnsQuery['provinceDeadlines']>;

/** The returns of all cities: who has handed in, what changed since last year, and the ministry's date. */
export function ProvincePage() {
  const t = useT();
  const { slug, can } = useSession();
  const navigate = useNavigate();
  const thisYear = Number(today().slice(0, 4));
  const { year = thisYear } = route.useSearch();
  const query = useQuery({ query: ProvinceReturnsDocument, variables: { year } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  const [run] = useAction(ExportProvinceDocument);
  const years = Array.from({ length: Math.max(1, thisYear - 2022 + 1) }, (_, i) => thisYear - i);
  return (
    <Page
      title={t('province.title', { year })}
      actions={
        <>
          <YearSelect
            year={year}
            years={years}
            onChange={(next) => void navigate({ to: '/$slug/province', params: { slug }, search: { year: next } })}
          />
          {can('province.export') ? (
            <>
              <ExportButton label={t('province.export')} run={(format) => run({ year, format, reader: 'PROVINCE' })} />
              <ExportButton
                label={t('province.exportMinistry')}
                run={(format) => run({ year, format, reader: 'MINISTRY' })}
              />
            </>
          ) : null}
        </>
      }
    >
      <Loaded query={query}>
        {({ provinceReturns, provinceDeadlines, provinceReports }) => (
          <>
            {provinceDeadlines ? <DeadlineCard deadlines={provinceDeadlines} refetch={refetch} /> : null}
            <Summary rows={provinceReturns ?? []} />
            <Cities rows={provinceReturns ?? []} year={year} refetch={refetch} />
            {provinceReports ? (
              <Reports reports={provinceReports} rows={provinceReturns ?? []} year={year} refetch={refetch} />
            ) : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Summary({ rows }: { rows: Row[] }) {
  const t = useT();
  const handedIn = rows.filter((r) => r.status === 'SUBMITTED' || r.status === 'ACCEPTED');
  const figures = [
    ['handedIn', `${handedIn.length} / ${rows.length}`],
    ['accepted', String(rows.filter((r) => r.status === 'ACCEPTED').length)],
    ['late', String(rows.filter((r) => r.late).length)],
    ['markets', String(handedIn.reduce((sum, r) => sum + (r.rowCount ?? 0), 0))],
  ] as const;
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <Figure key={name} label={t(`province.figure.${name}`)}>
          {value}
        </Figure>
      ))}
    </dl>
  );
}

function DeadlineCard({ deadlines, refetch }: { deadlines: Deadlines; refetch: () => void }) {
  const t = useT();
  const required = useRequired();
  const format = useFormat();
  const { can } = useSession();
  const [open, setOpen] = useState(false);
  const [set] = useAction(SetMinistryDeadlineDocument);
  return (
    <section className="card" aria-labelledby="deadlines">
      <h2 id="deadlines">{t('province.deadlines')}</h2>
      {deadlines.provisional ? <Alert className="gap" type="info" showIcon title={t('returns.provisional')} /> : null}
      <p>
        {t('province.citiesDue')} <b>{format.date(deadlines.citiesDueOn)}</b>　{t('province.ministryDue')}{' '}
        <b>{format.date(deadlines.ministryDueOn)}</b>
      </p>
      {can('province.deadline') ? <Button onClick={() => setOpen(true)}>{t('province.setMinistry')}</Button> : null}
      {open ? (
        <FormDialog<{ dueOn: string }>
          name="ministry"
          title={t('province.setMinistry')}
          initial={{ dueOn: deadlines.ministryDueOn }}
          onClose={() => setOpen(false)}
          onDone={refetch}
          onClash={refetch}
          onSubmit={({ dueOn }) => set({ year: deadlines.year, version: deadlines.version, dueOn })}
        >
          <Form.Item name="dueOn" label={t('province.ministryDue')} rules={required(t('province.ministryDue'))}>
            <Input type="date" />
          </Form.Item>
        </FormDialog>
      ) : null}
    </section>
  );
}
