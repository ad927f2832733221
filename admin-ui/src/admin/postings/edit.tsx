import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type PostingInput,
  PostingPageDocument,
  PostingTemplatesDocument,
  type PostingWholeFragment,
  SavePostingDocument,
  SubmitPostingDocument,
} from '../gql/graphql';
import { ConflictView } from '../kit/conflict';
import { useTell } from '../kit/feedback';
import { Found } from '../kit/found';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { useCompared, type Versions } from './form/compared';
import { PostingForm, type Way } from './form/form';
import { fromInput, fromPosting, fromTemplate, type PostingValues, toPostingInput } from './form/values';
import { PartyPicker } from './pickers';
import { allows } from './steps';

const route = getRouteApi('/$slug/postings/$id/edit');
const newRoute = getRouteApi('/$slug/postings/new');

/** Saves, and hands in where that was asked; the draft is kept where handing in is refused. */
function useSave() {
  const [save] = useAction(SavePostingDocument);
  const [submit] = useAction(SubmitPostingDocument);
  const t = useT();
  const tell = useTell();
  const navigate = useNavigate();
  const { slug } = useSession();
  return async (known: { id: string; version: number } | null, input: PostingInput, way: Way) => {
    const saved = await save({ id: known?.id ?? null, version: known?.version ?? null, input });
    if (saved.kind !== 'done') return saved;
    const { id, version } = saved.value;
    const outcome: Outcome<unknown> = way === 'submit' ? await submit({ id, version }) : saved;
    await navigate({ to: '/$slug/postings/$id', params: { slug, id } });
    // The draft stands; why it was not taken is said above it.
    tell(outcome, t(way === 'submit' ? 'postings.submitted' : 'form.done'));
    return saved as Outcome<unknown>;
  };
}

/** Enter a posting (登记招聘信息), from nothing or from a template of the party. */
export function PostingNew() {
  const t = useT();
  const { slug } = useSession();
  const { party } = newRoute.useSearch();
  const navigate = useNavigate();
  const save = useSave();
  const [from, setFrom] = useState<{ key: string; values: PostingValues } | null>(null);
  return (
    <Page title={t('postings.new')} lead={t('postings.newLead')}>
      <FromTemplate party={party} onChoose={(key, values) => setFrom({ key, values })} />
      <PostingForm
        key={from?.key ?? ''}
        initial={from?.values}
        party={party}
        amending={false}
        submits
        onSave={(values, way) => save(null, toPostingInput(values), way)}
        onCancel={() => void navigate({ to: '/$slug/postings', params: { slug } })}
      />
    </Page>
  );
}

interface FromProps {
  party: string | undefined;
  onChoose: (key: string, values: PostingValues) => void;
}

/** A hiring party's own templates, moved to tomorrow: one press, and the form is filled in. */
function FromTemplate({ party, onChoose }: FromProps) {
  const t = useT();
  const { can } = useSession();
  const [of, setOf] = useState(party);
  const [{ data }] = useQuery({
    query: PostingTemplatesDocument,
    variables: { partyId: of ?? '', first: 100, after: null },
    pause: !of,
  });
  if (!can('posting.template')) return null;
  const templates = (of ? (data?.postingTemplates?.edges ?? []) : []).map(({ node }) => node);
  const choose = (id: string) => {
    const template = templates.find((one) => one.id === id);
    if (template) onChoose(id, fromTemplate(template.form));
  };
  return (
    <details className="card">
      <summary>{t('templates.from')}</summary>
      <div className="filter-grid">
        <Labelled text={t('posting.partyId')}>
          {(id) => <PartyPicker id={id} allowClear value={of} onChange={setOf} />}
        </Labelled>
        <Labelled text={t('templates.one')}>
          {(id) => (
            <Select<string>
              id={id}
              disabled={!of}
              placeholder={t(of && templates.length === 0 ? 'templates.none' : 'templates.choose')}
              options={templates.map((one) => ({ value: one.id, label: one.name }))}
              onChange={choose}
              style={{ width: '100%' }}
            />
          )}
        </Labelled>
      </div>
    </details>
  );
}

export function PostingEdit() {
  const { id } = route.useParams();
  // What one edits must not change under one's hands: asked once, kept until saved.
  const query = useQuery({ query: PostingPageDocument, variables: { id }, requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.posting}>
      {(posting) => <Amend key={posting.id} loaded={posting} />}
    </Found>
  );
}

interface Clash {
  message: string;
  mine: PostingInput;
  current: PostingWholeFragment;
  /** What was to be done with it. */
  way: Way;
}

function Amend({ loaded }: { loaded: PostingWholeFragment }) {
  const t = useT();
  const { slug } = useSession();
  const navigate = useNavigate();
  const tell = useTell();
  const save = useSave();
  const base = useRef(loaded);
  const typed = useRef(fromPosting(loaded));
  const [clash, setClash] = useState<Clash | null>(null);
  const [busy, setBusy] = useState(false);
  const { id, title } = loaded;

  const send = async (input: PostingInput, version: number, way: Way) => {
    const outcome = await save({ id, version }, input, way);
    if (outcome.kind === 'refused' && outcome.code === 'CONFLICT' && outcome.refusal.current) {
      const current = outcome.refusal.current as PostingWholeFragment;
      setClash({ message: outcome.message, mine: input, current, way });
    } else if (outcome.kind !== 'done' && clash) {
      // Chosen, and refused for what it says: the form shows what, on top of what was saved meanwhile.
      base.current = clash.current;
      typed.current = fromInput(input);
      setClash(null);
      tell(outcome);
    }
    return outcome;
  };
  const saveMerged = async (chosen: PostingInput) => {
    if (!clash) return;
    setBusy(true);
    await send(chosen, clash.current.version, clash.way);
    setBusy(false);
  };

  return (
    <Page title={t('postings.editTitle', { title })}>
      {clash ? (
        <Conflict
          key={clash.current.version}
          {...clash}
          base={base.current}
          busy={busy}
          onSave={(input) => void saveMerged(input)}
          onBack={() => setClash(null)}
        />
      ) : (
        <PostingForm
          initial={typed.current}
          amending
          submits={allows(base.current.status, 'submit')}
          onSave={(values, way) => {
            typed.current = values;
            return send(toPostingInput(values), base.current.version, way);
          }}
          onCancel={() => void navigate({ to: '/$slug/postings/$id', params: { slug, id } })}
        />
      )}
    </Page>
  );
}

interface ConflictProps extends Versions {
  message: string;
  busy: boolean;
  onSave: (input: PostingInput) => void;
  onBack: () => void;
}

function Conflict({ base, mine, current, ...rest }: ConflictProps) {
  return <ConflictView {...rest} {...useCompared({ base, mine, current })} />;
}
