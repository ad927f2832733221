import { Button, Space } from 'antd';
import { useState } from 'react';
import { useDisplay } from '../app/display';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { ExportProvinceDocument, type ProvinceReturnsQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { ExportButton } from '../kit/download';
import { useFormat } from '../kit/format';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { FreezeReport } from './report-freeze';
import { SentReport } from './report-sent';

type CityReturn = NonNullable<ProvinceReturnsQuery['provinceReturns']>[number];
export type RollUp = NonNullable<ProvinceReturnsQuery['provinceReports']>;
export type Version = RollUp['versions'][number];

export interface Props {
  reports: RollUp;
  rows: CityReturn[];
  year: number;
  refetch: () => void;
}

/** What goes to the ministry (全省汇总定稿): the versions, what became of each, and the next one. */
export function Reports({ reports, rows, year, refetch }: Props) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [freezing, setFreezing] = useState(false);
  const [sending, setSending] = useState<string | null>(null);
  // As it is now: somebody may have recorded it while the dialog was open.
  const sent = reports.versions.find((v) => v.id === sending);
  return (
    <section className="card" aria-labelledby="reports">
      <h2 id="reports">{t('province.report.title')}</h2>
      <p>{t('province.report.text')}</p>
      {reports.late && !reports.versions.some((v) => v.sentOn) ? (
        <p>
          <Chip tone="bad">{t('province.report.overdue', { date: format.date(reports.dueOn) })}</Chip>
        </p>
      ) : null}
      {can('province.freeze') ? (
        <div className="actions gap">
          <Button type="primary" onClick={() => setFreezing(true)}>
            {t('province.report.freeze')}
          </Button>
        </div>
      ) : null}
      <Versions versions={reports.versions} year={year} onSend={setSending} />
      {freezing ? (
        <FreezeReport reports={reports} rows={rows} year={year} refetch={refetch} onClose={() => setFreezing(false)} />
      ) : null}
      {sent ? <SentReport of={sent} refetch={refetch} onClose={() => setSending(null)} /> : null}
    </section>
  );
}

interface VersionsProps {
  versions: Version[];
  year: number;
  onSend: (id: string) => void;
}

function Versions({ versions, year, onSend }: VersionsProps) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [run] = useAction(ExportProvinceDocument);
  const newest = versions[0]?.versionNo;
  return (
    <DataTable<Version>
      aria-label={t('province.report.title')}
      rowKey={(v) => v.id}
      dataSource={versions}
      scroll={{ x: 820 }}
      locale={{ emptyText: <Nothing text={t('province.report.none')} /> }}
      columns={[
        {
          title: t('province.report.col.version'),
          className: 'nowrap',
          render: (_, v) => (
            <>
              <b>{t('returns.version', { n: v.versionNo })}</b>{' '}
              {v.changedSince && v.versionNo === newest ? <Chip tone="warn">{t('province.report.stale')}</Chip> : null}
            </>
          ),
        },
        { title: t('province.report.col.cities'), render: (_, v) => <Taken of={v} newest={v.versionNo === newest} /> },
        { title: t('province.report.col.markets'), align: 'right', render: (_, v) => format.number(v.rowCount) },
        {
          title: t('province.report.col.frozen'),
          render: (_, v) => (
            <>
              {format.dateTime(v.frozenAt)}
              {v.frozenBy ? <div className="soft">{v.frozenBy}</div> : null}
            </>
          ),
        },
        { title: t('province.report.col.sent'), render: (_, v) => <Sent of={v} /> },
        {
          title: t('parts.actions'),
          width: 270,
          render: (_, v) => (
            <Space wrap>
              {can('province.export') ? (
                <ExportButton
                  label={t('province.report.export', { n: v.versionNo })}
                  run={(file) => run({ year, format: file, reader: 'MINISTRY', report: v.versionNo })}
                />
              ) : null}
              {can('province.send') ? (
                <Button
                  aria-label={t(v.sentOn ? 'province.report.correctOne' : 'province.report.sendOne', {
                    n: v.versionNo,
                  })}
                  onClick={() => onSend(v.id)}
                >
                  {t(v.sentOn ? 'province.report.correct' : 'province.report.send')}
                </Button>
              ) : null}
            </Space>
          ),
        },
      ]}
    />
  );
}

/** Which cities are in it, which were left out, and which have changed since. */
function Taken({ of, newest }: { of: Version; newest: boolean }) {
  const t = useT();
  const format = useFormat();
  const { language } = useDisplay();
  const nameOf = (city: Version['cities'][number]) => (language === 'en' ? city.nameEn : city.nameZh);
  const names = (cities: Version['cities']) => format.list(cities.map(nameOf));
  const leftOut = of.cities.filter((c) => !c.included);
  // Of a version that another one followed, everybody knows that it is not the last word.
  const changed = newest ? of.cities.filter((c) => c.changedSince) : [];
  return (
    <>
      <details>
        <summary aria-label={`${t('province.report.cities', { n: of.cityCount })} · ${t('province.report.parts')}`}>
          {t('province.report.cities', { n: of.cityCount })}
        </summary>
        <ul>
          {of.cities
            .filter((c) => c.included)
            .map((c) => (
              <li key={c.code}>
                {t('province.report.part', { city: nameOf(c), n: c.versionNo, rows: format.number(c.rowCount) })}
              </li>
            ))}
        </ul>
      </details>
      {leftOut.length > 0 ? <div>{t('province.report.leftOut', { cities: names(leftOut) })}</div> : null}
      {changed.length > 0 ? <div>{t('province.report.changed', { cities: names(changed) })}</div> : null}
    </>
  );
}

function Sent({ of }: { of: Version }) {
  const t = useT();
  const format = useFormat();
  if (!of.sentOn) return <span className="soft">{t('province.report.notSent')}</span>;
  return (
    <>
      <span className="nowrap">{format.date(of.sentOn)}</span>{' '}
      <Chip tone={of.late ? 'bad' : 'good'}>{t(of.late ? 'province.report.late' : 'province.report.inTime')}</Chip>
      {of.documentNo ? <div className="soft">{of.documentNo}</div> : null}
    </>
  );
}
