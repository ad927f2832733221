import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { ProvinceComparisonDocument, type ProvinceComparisonQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { Figure } from '../kit/facts';
import { PAGE_SIZE, Pager, usePages } from '../kit/pager';
import { Loaded } from '../kit/state';
import { DataTable } from '../kit/table';

type Compared = NonNullable<ProvinceComparisonQuery['provinceComparison']>;
type Change = NonNullable<Compared['changes']>['edges'][number]['node'];
const TONES = { ADDED: 'good', REMOVED: 'bad', CHANGED: 'warn' } as const;

/** What a city's return gained, lost and changed since last year (年度对比). */
export function Comparison({ cityCode, year }: { cityCode: string; year: number }) {
  const t = useT();
  const pages = usePages(`${cityCode}${year}`);
  const query = useQuery({
    query: ProvinceComparisonDocument,
    variables: { cityCode, year, first: PAGE_SIZE, after: pages.after },
  });
  return (
    <section className="card" aria-labelledby="comparison">
      <h2 id="comparison">{t('province.compare')}</h2>
      <Loaded query={query}>
        {({ provinceComparison: c }) =>
          c && c.lastYearRowCount === null ? (
            <p>{t('province.noLastYear', { n: c.rowCount })}</p>
          ) : c ? (
            <>
              <Figures of={c} />
              {c.changes && c.changes.edges.length > 0 ? (
                <>
                  <Changes rows={c.changes.edges.map((e) => e.node)} label={t('province.compare')} />
                  <Pager
                    pages={pages}
                    pageInfo={c.changes.pageInfo}
                    totalCount={c.changes.totalCount}
                    shown={c.changes.edges.length}
                  />
                </>
              ) : (
                <p>{t('province.noChange')}</p>
              )}
            </>
          ) : null
        }
      </Loaded>
    </section>
  );
}

function Figures({ of }: { of: Compared }) {
  const t = useT();
  const figures = [
    ['added', of.addedCount],
    ['removed', of.removedCount],
    ['changed', of.changedCount],
    ['kept', of.kept],
  ] as const;
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <Figure key={name} label={t(`province.${name}`)}>
          {value}
        </Figure>
      ))}
    </dl>
  );
}

function Changes({ rows, label }: { rows: Change[]; label: string }) {
  const t = useT();
  const term = useTerm();
  const shown = (side: Change['now']) =>
    side
      ? [
          term('nature', side.nature),
          side.seekerScale ? t('province.seekers', { n: side.seekerScale }) : '',
          side.dailySuccesses ? t('province.successes', { n: side.dailySuccesses }) : '',
        ]
          .filter(Boolean)
          .join(' · ')
      : '—';
  const nameOf = ({ before, now }: Change) =>
    before && now && before.name !== now.name
      ? t('province.renamed', { before: before.name, now: now.name })
      : (now ?? before)?.name;
  return (
    <DataTable<Change>
      aria-label={label}
      rowKey={(r) => `${r.kind}${r.before?.name ?? ''}${r.now?.name ?? ''}`}
      dataSource={rows}
      size="small"
      scroll={{ x: 620 }}
      columns={[
        {
          title: t('province.col.change'),
          width: 100,
          render: (_, r) => <Chip tone={TONES[r.kind]}>{term('change', r.kind)}</Chip>,
        },
        { title: t('returns.col.name'), render: (_, r) => nameOf(r) },
        { title: t('province.col.before'), render: (_, r) => shown(r.before) },
        { title: t('province.col.now'), render: (_, r) => shown(r.now) },
      ]}
    />
  );
}
