import { Link } from '@tanstack/react-router';
import { Alert, Radio } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { CoverageDocument, type CoverageQuery } from '../gql/graphql';
import { Figure } from '../kit/facts';
import { today } from '../kit/format';
import { Page } from '../kit/page';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { AnnotationTasks } from '../markets/tasks';

type Gap = NonNullable<CoverageQuery['serviceGaps']>[number];

/** A township, and how many markets of its county may lie in it, since nobody wrote down where they do (未填写乡镇). */
function Township({ gap }: { gap: Gap }) {
  const t = useT();
  return (
    <>
      {gap.division.fullName}
      {gap.marketsWithoutTownship ? (
        <div className="soft">{t('coverage.withoutTownship', { count: gap.marketsWithoutTownship })}</div>
      ) : null}
    </>
  );
}

/** Where no market is yet (服务空白), and how many public-interest markets are standardised (规范化达标). */
export function Coverage() {
  const t = useT();
  const { slug } = useSession();
  const [level, setLevel] = useState<'COUNTY' | 'TOWNSHIP'>('COUNTY');
  const query = useQuery({ query: CoverageDocument, variables: { year: Number(today().slice(0, 4)), level } });
  return (
    <Page title={t('coverage.title')} lead={t('coverage.lead')}>
      <Loaded query={query}>
        {({ standardisationTarget: target, serviceGaps }) => (
          <>
            {target ? (
              <section className="card" aria-labelledby="target">
                <h2 id="target">{t('coverage.target', { year: target.year })}</h2>
                <dl className="figures">
                  <Figure label={t('coverage.goal')}>{target.target}</Figure>
                  <Figure label={t('coverage.actual')} bad={!target.met}>
                    {target.actual}
                  </Figure>
                </dl>
                <Alert
                  type={target.met ? 'success' : 'warning'}
                  showIcon
                  title={t(target.met ? 'coverage.met' : 'coverage.notMet')}
                />
                {target.markets.length ? (
                  <ul>
                    {target.markets.map((m) => (
                      <li key={m.id}>
                        <Link to="/$slug/markets/$id" params={{ slug, id: m.id }}>
                          {m.displayName}
                        </Link>{' '}
                        <span className="soft">{m.address.division.name}</span>
                      </li>
                    ))}
                  </ul>
                ) : null}
              </section>
            ) : null}
            <div className="list-head">
              <h2>{t('coverage.gaps')}</h2>
              <Radio.Group
                aria-label={t('coverage.level')}
                value={level}
                onChange={(e) => setLevel(e.target.value as typeof level)}
                options={(['COUNTY', 'TOWNSHIP'] as const).map((value) => ({ value, label: t(`coverage.${value}`) }))}
              />
            </div>
            <DataTable<Gap>
              rowKey={(g) => g.division.code}
              dataSource={serviceGaps ?? []}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              locale={{ emptyText: <Nothing text={t('coverage.noGaps')} /> }}
              columns={[
                {
                  title: t('coverage.division'),
                  render: (_, g) => (level === 'COUNTY' ? g.division.name : <Township gap={g} />),
                },
                { title: t('coverage.code'), render: (_, g) => g.division.code },
                { title: t('coverage.markets'), render: (_, g) => g.markets },
                { title: t('coverage.nearest'), render: (_, g) => g.nearestMarketName ?? '—' },
              ]}
            />
          </>
        )}
      </Loaded>
      <AnnotationTasks />
    </Page>
  );
}
