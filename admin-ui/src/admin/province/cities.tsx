import { Link } from '@tanstack/react-router';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { useDisplay } from '../app/display';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  AcceptReturnDocument,
  type ProvinceReturnsQuery,
  ReturnToCityDocument,
  SetMonitoringCityDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { ReasonDialog } from '../kit/reason';
import { useStanding } from '../kit/standing';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { RETURN_TONES } from '../returns/tones';

type CityReturn = NonNullable<ProvinceReturnsQuery['provinceReturns']>[number];

/** The cities, one a line: where their return stands, and what the province may do with it. */
export function Cities({ rows, year, refetch }: { rows: CityReturn[]; year: number; refetch: () => void }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug } = useSession();
  const { language } = useDisplay();
  const [returning, setReturning] = useState<CityReturn | null>(null);
  const [giveBack] = useAction(ReturnToCityDocument);
  const standing = useStanding('return');
  const nameOf = (row: CityReturn) => (language === 'en' ? row.city.nameEn : row.city.nameZh);

  return (
    <>
      <DataTable<CityReturn>
        rowKey={(r) => r.city.code}
        dataSource={rows}
        scroll={{ x: 860 }}
        locale={{ emptyText: <Nothing text={t('province.none')} /> }}
        columns={[
          {
            title: t('province.col.city'),
            className: 'nowrap',
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
                {r.late ? <Chip tone="bad">{t('province.late')}</Chip> : null}{' '}
                {r.monitoringCity ? <Chip>{t('province.monitored')}</Chip> : null}
                {r.status === 'RETURNED' && r.returnedReason ? <div className="soft">{r.returnedReason}</div> : null}
              </>
            ),
          },
          {
            title: t('province.col.rows'),
            className: 'nowrap',
            align: 'right',
            render: (_, r) => format.number(r.rowCount),
          },
          {
            title: t('province.col.lastYear'),
            className: 'nowrap',
            align: 'right',
            render: (_, r) => format.number(r.lastYearRowCount),
          },
          {
            title: t('province.col.difference'),
            className: 'nowrap',
            align: 'right',
            render: (_, r) => (r.difference === null ? '—' : r.difference > 0 ? `+${r.difference}` : r.difference),
          },
          { title: t('province.col.submitted'), className: 'nowrap', render: (_, r) => format.dateTime(r.submittedAt) },
          { title: t('returns.filer'), className: 'nowrap', render: (_, r) => r.filer ?? '—' },
          {
            title: t('parts.actions'),
            width: 270,
            render: (_, r) => <Actions row={r} city={nameOf(r)} refetch={refetch} onReturn={() => setReturning(r)} />,
          },
        ]}
      />
      {returning ? (
        <ReasonDialog
          name="give-back"
          title={t('province.returnOne', { city: nameOf(returning) })}
          hint={t('province.reasonHint')}
          submitText={t('province.return')}
          onClose={() => setReturning(null)}
          onDone={refetch}
          onSubmit={async (reason) =>
            standing<unknown>(await giveBack({ id: returning.id ?? '', version: returning.version ?? 0, reason }))
          }
        />
      ) : null}
    </>
  );
}

interface ActionsProps {
  row: CityReturn;
  city: string;
  refetch: () => void;
  onReturn: () => void;
}

function Actions({ row, city, refetch, onReturn }: ActionsProps) {
  const t = useT();
  const tell = useTell();
  const { can } = useSession();
  const [accept] = useAction(AcceptReturnDocument);
  const [monitor] = useAction(SetMonitoringCityDocument);
  const standing = useStanding('return');
  const { id, version } = row;
  const decidable = id !== null && row.status === 'SUBMITTED';
  return (
    <Space wrap>
      {decidable && can('province.accept') ? (
        <Button
          size="small"
          aria-label={t('province.acceptOne', { city: city })}
          onClick={() =>
            void accept({ id: id ?? '', version: version ?? 0 }).then((outcome) => {
              tell(standing<unknown>(outcome), t('province.accepted', { city: city }));
              refetch();
            })
          }
        >
          {t('province.accept')}
        </Button>
      ) : null}
      {decidable && can('province.return') ? (
        <Button size="small" danger aria-label={t('province.returnOne', { city: city })} onClick={() => onReturn()}>
          {t('province.return')}
        </Button>
      ) : null}
      {can('province.monitor') ? (
        <Button
          size="small"
          aria-label={t(row.monitoringCity ? 'province.unmonitorOne' : 'province.monitorOne', { city: city })}
          onClick={() =>
            void monitor({
              cityCode: row.city.code,
              monitored: !row.monitoringCity,
              version: row.monitoringVersion,
            }).then((outcome) => {
              tell(outcome);
              refetch();
            })
          }
        >
          {t(row.monitoringCity ? 'province.unmonitor' : 'province.monitor')}
        </Button>
      ) : null}
    </Space>
  );
}
