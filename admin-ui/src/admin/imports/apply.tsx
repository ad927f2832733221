import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { ApplyDirectoryImportDocument, type ImportMode } from '../gql/graphql';
import { ErrorSummary, type Problem } from '../kit/summary';
import type { Import } from './detail';

/** What the dry run found, and, where a row is bad, the choice: all or nothing, or the good rows only. */
export function ApplyBox({ item, refetch }: { item: Import; refetch: () => void }) {
  const t = useT();
  const [mode, setMode] = useState<ImportMode>('ALL_OR_NOTHING');
  const [problems, setProblems] = useState<Problem[]>([]);
  const [apply, busy] = useAction(ApplyDirectoryImportDocument);

  const start = async () => {
    setProblems([]);
    const outcome = await apply({ id: item.id, version: item.version, mode });
    if (outcome.kind === 'done') refetch();
    else setProblems([{ message: outcome.message }]);
  };

  const figures = [
    ['rows', item.rowCount],
    ['good', item.goodRows],
    ['bad', item.badRows],
    ['created', item.created],
    ['updated', item.updated],
    ['unchanged', item.unchanged],
  ] as const;

  return (
    <section className="card" aria-labelledby="dry-run">
      <h2 id="dry-run">{t('imports.dryRun')}</h2>
      <p>{t(item.badRows > 0 ? 'imports.dryRunBad' : 'imports.dryRunGood')}</p>
      <dl className="figures">
        {figures.map(([name, value]) => (
          <div key={name} className={name === 'bad' && value > 0 ? 'figure bad' : 'figure'}>
            <dt>{t(`imports.figure.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ErrorSummary problems={problems} />
      {item.badRows > 0 ? (
        <fieldset className="plain">
          <legend>{t('imports.mode')}</legend>
          <Radio.Group
            value={mode}
            onChange={(e) => setMode(e.target.value as ImportMode)}
            options={[
              { value: 'ALL_OR_NOTHING', label: t('imports.mode.all') },
              { value: 'GOOD_ROWS_ONLY', label: t('imports.mode.good', { n: item.goodRows }) },
            ]}
          />
        </fieldset>
      ) : null}
      <Button type="primary" loading={busy} disabled={item.goodRows === 0} onClick={() => void start()}>
        {t('imports.apply')}
      </Button>
    </section>
  );
}
