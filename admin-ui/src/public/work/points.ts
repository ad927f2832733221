import { askOwn } from '../api';
import { h, replace } from '../dom';
import { section } from '../frame';
import {
  AppealDocument,
  AppealVersionDocument,
  MyPointsDocument,
  type MyPointsQuery,
  WithdrawAppealDocument,
} from './gql/graphql';
import { facts, form, sureButton, textField, unfold } from './kit';
import { doing } from './next';
import { ownPage } from './signin';
import { date, w } from './text';

type Point = NonNullable<MyPointsQuery['myConductPoints']>[number];

/** One's own points (我的记分): what for, until when, and the appeal, which somebody else decides. */
export async function showPoints(slug: string) {
  const draw = () => showPoints(slug);
  const page = await ownPage(slug, w('points.title'), draw, w('me.signIn'));
  if (!page) return;
  const { myConductPoints: points, hireRules: rules } = await askOwn(slug, MyPointsDocument, {});
  const sum = (points ?? []).filter(({ inForce }) => inForce).reduce((all, point) => all + point.points, 0);
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: `/${slug}/me` }, w('me.back'))),
    h('h1', null, w('points.title')),
    h('p', { class: 'big' }, w('points.sum', { n: sum })),
    rules &&
      h(
        'p',
        { class: 'hint' },
        w('points.rule', {
          noShow: rules.noShowPoints,
          late: rules.lateCancelPoints,
          days: rules.pointsDays,
          limit: rules.pointsLimit,
        }),
      ),
    (points ?? []).length === 0 && h('p', { class: 'notice' }, w('points.none')),
    (points ?? []).map((point) => pointBlock(slug, point, draw)),
  );
}

function pointBlock(slug: string, point: Point, draw: () => void) {
  const open = point.appealStatus === 'RECEIVED' || point.appealStatus === 'ACCEPTED';
  // One that was taken back can be opened again; one that was decided cannot.
  const may = point.inForce && (!point.appealReference || point.appealStatus === 'WITHDRAWN');
  return section(
    w('points.one', { n: point.points, why: point.reason ? w(`pointReason.${point.reason}`) : '' }),
    facts(
      [w('points.given'), date(point.givenOn)],
      [w('points.until'), date(point.expiresOn)],
      [w('points.state'), w(point.liftedAt ? 'points.lifted' : point.inForce ? 'points.counts' : 'points.over')],
      [w('appeal.reference'), point.appealReference],
      [w('appeal.state'), point.appealStatus && w(`caseStatus.${point.appealStatus}`)],
      [w('appeal.decision'), point.appealDecision && w(`caseDecision.${point.appealDecision}`)],
      [w('appeal.due'), open && point.appealDueOn && date(point.appealDueOn)],
    ),
    may && unfold(w('appeal.button'), appeal(slug, point, draw)),
    open && point.appealId && withdrawal(slug, point.appealId, draw),
  );
}

/** Taken back at the version that it has now: a decision that came first is said, and not undone. */
function withdrawal(slug: string, id: string, draw: () => void) {
  const run = doing(draw, async (act) => {
    const { case: open } = await askOwn(slug, AppealVersionDocument, { id });
    return act.run(slug, WithdrawAppealDocument, { id, version: open?.version ?? 0 });
  });
  return sureButton(w('appeal.withdraw'), h('p', null, w('appeal.withdrawMeans')), w('data.withdrawYes'), run);
}

function appeal(slug: string, { id }: Point, draw: () => void) {
  const reason = textField({ name: 'reason', label: w('appeal.reason'), rows: 4, maxlength: 500, required: true });
  const send = doing(draw, (act) => act.run(slug, AppealDocument, { id, reason: reason.value() }));
  return form(() => [reason], reason.box, w('appeal.send'), send);
}
