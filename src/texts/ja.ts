/** The texts in Japanese, which has no singular form. */

import { Translation } from "./en";

export const JA: Translation = {
  "FlexThrottleMessage.problem": "{{path}}：{{found}}。正しい値：{{expected}}",
  "FlexThrottleMessage.missing": "値がありません",
  "FlexThrottleMessage.unknown": "不明な設定です",
  "FlexThrottleMessage.unusable": "予約済みの名前です",
  "FlexThrottleMessage.anotherName": "別の名前",
  "FlexThrottleMessage.oneOf": "{{names}} のいずれか",
  "FlexThrottleMessage.number": "0 より大きく {{most}} 以下の数値",
  "FlexThrottleMessage.numberFromTo": "{{least}} 以上 {{most}} 以下の数値",
  "FlexThrottleMessage.count": "1 以上の整数",
  "FlexThrottleMessage.countUpTo": "1 から {{most}}（この制限のレート）までの整数",
  "FlexThrottleMessage.trueOrFalse": "true または false",
  "FlexThrottleMessage.object": "オブジェクト：{{keys}}",
  "FlexThrottleMessage.limitsObject": "Twilio のページにある制限名をキーとするオブジェクト",
  "FlexThrottleMessage.actionsObject": "Flex Action の名前をキーとするオブジェクト",
  "FlexThrottleMessage.routesList": "ルートのリスト",
  "FlexThrottleMessage.limitsList": "1 つ以上の制限のリスト（それぞれ {{names}} のいずれか）",
  "FlexThrottleMessage.sid": "SID（{{prefix}} と 32 桁の 16 進数、0-9 と a-f）",
  "FlexThrottleMessage.address": "クエリとフラグメントを含まない https:// URL（* は任意の文字列）",

  FlexThrottleQueuedJoins: "{{count}} 件のチャットが参加待ちです",
  FlexThrottleQueuedCalls: "{{count}} 件のリクエストが送信待ちです",
  FlexThrottleNextIn: "次は {{seconds}} 秒後",
  FlexThrottleNextAndLastIn: "次は {{seconds}} 秒後、最後は約 {{lastSeconds}} 秒後",
  FlexThrottleLimitedJoins: "Twilio がチャット参加を制限中です。{{count}} 件待機中。",
  FlexThrottleLimitedCalls: "Twilio がリクエストを制限中です。{{count}} 件待機中。",
  FlexThrottleRetryingIn: "{{seconds}} 秒後に再試行します。内容は失われません。",
  FlexThrottleRetryingNow: "再試行しています。内容は失われません。",
  FlexThrottleExpiresIn: "{{seconds}} 秒以内に送信できない場合はキャンセルされます。",
  FlexThrottleRetryNow: "今すぐ再試行",
  FlexThrottleCancelJoin: "{{customer}} への参加をキャンセル",
  FlexThrottleCanceledJoin: "{{customer}} とのチャットに参加していません。",
  FlexThrottleCanceledCall:
    "{{call}}：キャンセルされたため、送信されませんでした。必要な場合はもう一度実行してください。",
  FlexThrottleDroppedFull:
    "{{call}}：待機中のリクエストが多すぎるため、送信されませんでした。しばらく待ってからもう一度お試しください。",
  FlexThrottleDroppedTimeout: "{{call}}：待ち時間が長すぎたため、送信されませんでした。もう一度お試しください。",
  FlexThrottleDroppedReject:
    "{{call}}：制限に達したため、送信されませんでした。{{seconds}} 秒後にもう一度お試しください。",
  FlexThrottleDroppedAccept:
    "制限に達したため、チャットを受け入れられませんでした。{{seconds}} 秒後にもう一度受け入れてください。",
  FlexThrottleDroppedCapacity:
    "アカウントの上限に達しているため、Flex Flow を作成できませんでした。先に 1 つ削除してください。",
  FlexThrottleDroppedByTwilio:
    "{{call}}：Twilio がリクエストを制限しているため、失敗しました。1 分後にもう一度お試しください。",
  FlexThrottleDeferredDone: "{{action}} を実行しました。",
  FlexThrottleDeferredDoneMany: "延期されていた {{count}} 件の Action を実行しました：{{actions}}",
  FlexThrottleDeferredFailed: "延期されていた {{action}} を実行しましたが、失敗しました。もう一度お試しください。",
  FlexThrottleActionTimeout: "{{action}}：待ち時間が長すぎたため、実行されませんでした。もう一度お試しください。",
  FlexThrottleDeferredLost:
    "{{action}}：先にページが再読み込みされたため、実行されませんでした。必要な場合はもう一度実行してください。",
  FlexThrottleSettingsProblems: "Flex Throttle：{{count}} 件の設定が無効です。既定値が使用されます。",
  FlexThrottleCapacityNear:
    "このアカウントには最大 {{max}} 件のうち {{count}} 件の Flex Flow があります。新規作成が拒否される前に、不要なものを削除してください。",

  FlexThrottleWaitingCalls: "Twilio への {{count}} 件のリクエストが待機中です",
  FlexThrottleJoinChatWith: "{{customer}} とのチャットに参加",
  FlexThrottleSomeCustomer: "お客様",
  FlexThrottleCallReadFlows: "Flex Flow の読み込み",
  FlexThrottleCallChangeFlows: "Flex Flow の変更",
  FlexThrottleCallReadChats: "チャットの読み込み",
  FlexThrottleCallOpenChat: "チャットの開始",
  FlexThrottleCallChangeChat: "チャットの変更",
  FlexThrottleCallAddMember: "チャットへのメンバー追加",
  FlexThrottleWaitsForTurn: "順番待ち（約 {{seconds}} 秒）",
  FlexThrottleWaitsForTwilio: "Twilio が制限中（約 {{seconds}} 秒）",
  FlexThrottleAndMore: "ほか {{count}} 件",
  FlexThrottleCancel: "キャンセル",
  FlexThrottleCancelNamed: "{{call}} をキャンセル",
  FlexThrottleBeingSent: "送信中です。",
  FlexThrottleAllDone: "待機中のリクエストはありません。",
  FlexThrottleAlertMe: "お客様が待っていて、タブが非表示のとき通知する",
  FlexThrottleAlert: "お客様が {{seconds}} 秒以上お待ちです。クリックすると Flex に戻ります。",

  FlexThrottleJoiningIn: "{{seconds}} 秒後にチャットに参加",
  FlexThrottleJoiningLimited: "Twilio がチャット参加を制限中です。{{seconds}} 秒後に参加します。内容は失われません。",
  FlexThrottleNotJoined: "このチャットに参加していません。",
  FlexThrottleNotJoinedShort: "チャットに未参加",
  FlexThrottleJoinNow: "今すぐ参加",
};
