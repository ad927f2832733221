import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { AnnotationTasksDocument, type AnnotationTasksQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Task = NonNullable<AnnotationTasksQuery['annotationTasks']>['edges'][number]['node'];
const WHICH = ['mine', 'overdue', 'unassigned'] as const;
type Which = (typeof WHICH)[number];

/** Map annotations that are left to do (标注任务), the most pressing first. */
export function AnnotationTasks() {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug } = useSession();
  const [which, setWhich] = useState<Which | undefined>();
  const pages = usePages(which ?? '');
  const filter = which ? { [which]: true } : {};
  const query = useQuery({
    query: AnnotationTasksDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter },
  });
  return (
    <section className="card" aria-labelledby="annotation-tasks">
      <div className="list-head">
        <h2 id="annotation-tasks">{t('tasks.title')}</h2>
        <Labelled text={t('tasks.which')}>
          {(id) => (
            <Select<Which>
              id={id}
              allowClear
              placeholder={t('choice.any')}
              {...(which ? { value: which } : {})}
              onChange={setWhich}
              options={WHICH.map((value) => ({ value, label: t(`tasks.${value}`) }))}
              style={{ width: 160 }}
            />
          )}
        </Labelled>
      </div>
      <Paged query={query} pages={pages} of={(data) => data.annotationTasks}>
        {(rows) => (
          <DataTable<Task>
            rowKey="id"
            dataSource={rows}
            locale={{ emptyText: <Nothing text={t('tasks.none')} /> }}
            columns={[
              {
                title: t('tasks.market'),
                render: (_, r) => (
                  <Link to="/$slug/markets/$id" params={{ slug, id: r.marketId }} search={{ tab: 'annotations' }}>
                    {r.marketName}
                  </Link>
                ),
              },
              { title: t('annotations.provider'), render: (_, r) => term('provider', r.provider) },
              { title: t('annotations.status'), render: (_, r) => term('annotation', r.status) },
              { title: t('annotations.assignee'), render: (_, r) => r.assignee?.name ?? '—' },
              {
                title: t('annotations.dueOn'),
                render: (_, r) => (
                  <>
                    {format.date(r.dueOn)} {r.overdue ? <Chip tone="bad">{t('tasks.late')}</Chip> : null}
                    {r.dueOn && !r.overdue ? (
                      <span className="soft">{t('tasks.left', { n: r.workingDaysLeft ?? 0 })}</span>
                    ) : null}
                  </>
                ),
              },
            ]}
          />
        )}
      </Paged>
    </section>
  );
}
