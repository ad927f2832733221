import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useDisplay } from '../app/display';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  AcceptReturnDocument,
  ExportProvinceDocument,
  ProvinceReturnsDocument,
  type ProvinceReturnsQuery,
  ReturnToCityDocument,
  SetMinistryDeadlineDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { ExportButton } from '../kit/download';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { RETURN_TONES } from '../returns/tones';

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
          <Select
            aria-label={t('returns.year')}
            value={year}
            onChange={(next: number) =>
              void navigate({ to: '/$slug/province', params: { slug }, search: { year: next } })
            }
            options={years.map((value) => ({ value, label: t('returns.yearOf', { year: value }) }))}
          />
          {can('province.export') ? (
            <ExportButton
              label={t('province.export')}
              formats={['XLSX', 'CSV', 'PDF']}
              run={(format) => run({ year, format })}
            />
          ) : null}
        </>
      }
    >
      <Loaded query={query}>
        {({ provinceReturns, provinceDeadlines }) => (
          <>
            {provinceDeadlines ? <DeadlineCard deadlines={provinceDeadlines} refetch={refetch} /> : null}
            <Summary rows={provinceReturns ?? []} />
            <Cities rows={provinceReturns ?? []} year={year} refetch={refetch} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Summary({ rows }: { rows: Row[] }) {
  const t = useT();
  const handedIn = rows.filter((r) => r.status === 'SUBMITTED' || r.status === 'ACCEPTED').length;
  const figures = [
    ['handedIn', `${handedIn} / ${rows.length}`],
    ['accepted', String(rows.filter((r) => r.status === 'ACCEPTED').length)],
    ['late', String(rows.filter((r) => r.late).length)],
    ['markets', String(rows.reduce((sum, r) => sum + (r.rowCount ?? 0), 0))],
  ] as const;
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name} className="figure">
          <dt>{t(`province.figure.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function DeadlineCard({ deadlines, refetch }: { deadlines: Deadlines; refetch: () => void }) {
  const t = useT();
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
          open
          title={t('province.setMinistry')}
          initial={{ dueOn: deadlines.ministryDueOn }}
          onClose={() => setOpen(false)}
          onDone={refetch}
          onSubmit={({ dueOn }) => set({ year: deadlines.year, dueOn })}
        >
          <Form.Item
            name="dueOn"
            label={t('province.ministryDue')}
            rules={[{ required: true, message: t('form.required', { field: t('province.ministryDue') }) }]}
          >
            <Input type="date" />
          </Form.Item>
        </FormDialog>
      ) : null}
    </section>
  );
}

function Cities({ rows, year, refetch }: { rows: Row[]; year: number; refetch: () => void }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const tell = useTell();
  const { slug, can } = useSession();
  const { language } = useDisplay();
  const [returning, setReturning] = useState<Row | null>(null);
  const [accept] = useAction(AcceptReturnDocument);
  const [giveBack] = useAction(ReturnToCityDocument);
  const nameOf = (row: Row) => (language === 'en' ? row.city.nameEn : row.city.nameZh);

  const actions = (row: Row) => {
    const id = row.id;
    if (!id || row.status !== 'SUBMITTED') return null;
    return (
      <Space>
        {can('province.accept') ? (
          <Button
            size="small"
            aria-label={t('province.acceptOne', { city: nameOf(row) })}
            onClick={() =>
              void accept({ id }).then((outcome) => {
                tell(outcome, t('province.accepted', { city: nameOf(row) }));
                refetch();
              })
            }
          >
            {t('province.accept')}
          </Button>
        ) : null}
        {can('province.return') ? (
          <Button
            size="small"
            danger
            aria-label={t('province.returnOne', { city: nameOf(row) })}
            onClick={() => setReturning(row)}
          >
            {t('province.return')}
          </Button>
        ) : null}
      </Space>
    );
  };

  return (
    <>
      <DataTable<Row>
        rowKey={(r) => r.city.code}
        dataSource={rows}
        scroll={{ x: 860 }}
        locale={{ emptyText: <Nothing text={t('province.none')} /> }}
        columns={[
          {
            title: t('province.col.city'),
            render: (_, r) =>
              r.id ? (
                <Link
                  to="/$slug/province/$city"
                  params={{ slug, city: r.city.slug }}
                  search={{ year }}
                  className="strong"
                >
                  {nameOf(r)}
                </Link>
              ) : (
                nameOf(r)
              ),
          },
          {
            title: t('province.col.status'),
            render: (_, r) => (
              <>
                <Chip tone={RETURN_TONES[r.status] ?? 'plain'}>{term('return', r.status)}</Chip>{' '}
                {r.late ? <Chip tone="bad">{t('province.late')}</Chip> : null}
              </>
            ),
          },
          { title: t('province.col.rows'), align: 'right', render: (_, r) => format.number(r.rowCount) },
          { title: t('province.col.lastYear'), align: 'right', render: (_, r) => format.number(r.lastYearRowCount) },
          {
            title: t('province.col.difference'),
            align: 'right',
            render: (_, r) => (r.difference === null ? '—' : r.difference > 0 ? `+${r.difference}` : r.difference),
          },
          { title: t('province.col.submitted'), render: (_, r) => format.dateTime(r.submittedAt) },
          { title: t('returns.filer'), render: (_, r) => r.filer ?? '—' },
          { title: t('parts.actions'), width: 150, render: (_, r) => actions(r) },
        ]}
      />
      {returning ? (
        <FormDialog<{ reason: string }>
          name="give-back"
          open
          danger
          title={t('province.returnOne', { city: nameOf(returning) })}
          submitText={t('province.return')}
          onClose={() => setReturning(null)}
          onDone={refetch}
          onSubmit={({ reason }) => giveBack({ id: returning.id ?? '', reason: reason.trim() })}
        >
          <Form.Item
            name="reason"
            label={t('form.reason')}
            extra={t('province.reasonHint')}
            rules={[{ required: true, whitespace: true, message: t('form.required', { field: t('form.reason') }) }]}
          >
            <Input.TextArea rows={3} maxLength={300} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}
