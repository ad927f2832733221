import { useRef, useState } from 'react';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import type { CounterWorkerFragment, HiredHereFragment } from '../gql/graphql';
import { useKeys } from '../kit/keys';
import { Page } from '../kit/page';
import { Loaded } from '../kit/state';
import { Find } from './find';
import { Hire } from './hire';
import { Hired } from './hired';
import type { Prefill } from './look-up';
import { countyOf, MarketChoice, type MarketHere, useCounterMarket } from './market';
import { PickShift } from './pick-shift';
import { Register } from './register';
import type { OpenShift } from './shifts';
import { RegistrationSlipButton } from './slips';
import { TodayOf } from './today';
import { WorkerCard } from './worker-card';

/** Who stands at the counter, and how far the two have come. */
type Stage =
  | { at: 'find' }
  | { at: 'register'; prefill: Prefill }
  | { at: 'work'; worker: CounterWorkerFragment; known: boolean; shift: OpenShift | null }
  | { at: 'hired'; worker: CounterWorkerFragment; engagement: HiredHereFragment };

/** The counter (柜台): a walk-in is found or registered, hired and given a slip, by keyboard alone. */
export function Counter() {
  const t = useT();
  const here = useCounterMarket();
  return (
    <Page title={t('counter.title')} lead={t('counter.lead')} actions={<MarketChoice {...here} />}>
      <Loaded query={here.query}>{() => <Desk key={here.market?.id ?? ''} market={here.market} />}</Loaded>
    </Page>
  );
}

function Desk({ market }: { market: MarketHere | null }) {
  const t = useT();
  const { can } = useSession();
  const [stage, setStage] = useState<Stage>({ at: 'find' });
  const find = useRef<HTMLTextAreaElement>(null);
  const pick = useRef<HTMLInputElement>(null);
  const county = countyOf(market);
  const begin = (prefill: Prefill) =>
    setStage({ at: 'register', prefill: { ...(county ? { county } : {}), ...prefill } });
  const next = () => {
    setStage({ at: 'find' });
    find.current?.focus();
  };
  const blank = () => begin({ fromCard: false });
  // What was typed into the form stays until somebody else is looked up.
  const toFind = stage.at === 'register' ? () => find.current?.focus() : next;
  useKeys({ F2: toFind, F4: can('worker.register') ? blank : undefined });
  return (
    <div className="desk">
      <section className="card" aria-label={t('counter.findTitle')}>
        <Find
          marketId={market?.id ?? null}
          box={find}
          onFound={(worker) => setStage({ at: 'work', worker, known: false, shift: null })}
          onNew={begin}
        />
        <Shortcuts />
      </section>
      {stage.at === 'register' ? (
        <Register
          key={JSON.stringify(stage.prefill)}
          marketId={market?.id ?? null}
          prefill={stage.prefill}
          onDone={(worker, known) => setStage({ at: 'work', worker, known, shift: null })}
          onCancel={next}
        />
      ) : null}
      {stage.at === 'work' ? <Work market={market} stage={stage} set={setStage} pick={pick} /> : null}
      {stage.at === 'hired' ? (
        <Hired engagement={stage.engagement} workerId={stage.worker.id} name={stage.worker.nameMasked} onNext={next} />
      ) : null}
    </div>
  );
}

interface WorkProps {
  market: MarketHere | null;
  stage: Extract<Stage, { at: 'work' }>;
  set: (stage: Stage) => void;
  pick: React.RefObject<HTMLInputElement | null>;
}

/** Somebody who is known: what it has today, and a shift for it. */
function Work({ market, stage, set, pick }: WorkProps) {
  const { worker, shift } = stage;
  const { can } = useSession();
  const county = countyOf(market);
  return (
    <>
      <WorkerCard
        worker={worker}
        known={stage.known}
        onChange={(newest) => set({ ...stage, worker: newest })}
        onAgain={() => set({ at: 'register', prefill: { fromCard: false, ...(county ? { county } : {}) } })}
      />
      {market ? <TodayOf marketId={market.id} workerId={worker.id} /> : null}
      {worker.status === 'CLOSED' || !can('engagement.hire') ? null : shift ? (
        <Hire
          key={shift.id}
          worker={worker}
          shift={shift}
          onHired={(engagement) => set({ at: 'hired', worker, engagement })}
          onBack={() => set({ ...stage, shift: null })}
        />
      ) : (
        <PickShift marketId={market?.id ?? null} box={pick} onPick={(picked) => set({ ...stage, shift: picked })} />
      )}
      <div className="form-buttons">
        <RegistrationSlipButton workerId={worker.id} hotkey={worker.status !== 'CLOSED'} />
      </div>
    </>
  );
}

/** The keys of this screen, in sight. */
function Shortcuts() {
  const t = useT();
  return (
    <ul className="bare keys" aria-label={t('counter.keys')}>
      {(['F2', 'F4', 'F7', 'F8', 'F9'] as const).map((key) => (
        <li key={key}>
          <kbd className="key">{key}</kbd> {t(`counter.key.${key}`)}
        </li>
      ))}
    </ul>
  );
}
