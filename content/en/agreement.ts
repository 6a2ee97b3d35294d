/** The agreement that everybody signs before the rooms open. A change of its words needs a new version. */
import type { AgreementText } from '../../src/core/agreement.ts';

const calls =
  'Hearth itself is in our calls, so that it can verify their encryption and play sounds. It listens only when I ask it to test my microphone, for some seconds, which are then forgotten. Where our group’s policy says so and the room is told, it counts how long each of us speaks, never what is said: my staff alone see that, and it is deleted when they attest the attendance of the session, and after 30 days at the latest.';

export const agreement: AgreementText = {
  version: '2',
  locale: 'en',
  title: 'Our agreement',
  items: [
    'What is said here, and who is here, stays here, also after the group has ended.',
    'Staff keep our confidence within the law. No law makes members do so: that rests on our trust in each other.',
    'Staff may have to tell others when somebody is in danger, when a child or a dependent adult is being harmed, or when a court orders it.',
    'Nobody records, takes screenshots, lets an AI take notes, or passes on links or names.',
    'I join from a private place, with headphones, and nobody else sees or hears us. If I am interrupted, I mute myself or leave.',
    'I go by a first name or an agreed alias. A separate Discord account that says nothing else about me is wise.',
    'Before each session staff know where I am, and whom to call for me in an emergency.',
    'We keep the camera rule that our group agreed on.',
    'I come five minutes early and tell staff beforehand when I cannot. Coming late may count as late or partial.',
    'I speak for myself, let others finish, give advice only when asked, and give feedback with care.',
    'I may always pass. Nobody asks why, and it never counts against me.',
    'I come sober, and never take part while driving.',
    'While the group lasts, we do not date, do business or meet apart from it; if it happens, we tell the group.',
    'This is not an emergency service, and nobody watches it around the clock. In danger I call my local emergency number or crisis line.',
    'Hearth keeps my Discord account number, this signature, when I was in the voice room, my turns, check-ins, reflections and goals, and whether I have tested my microphone and how that came out, until those who run the programme delete them. What I write and the values I check in with are stored encrypted. It keeps no voice, no video and no chat messages. The group sees who has checked in, who speaks, and what I share with the group; my staff also see what I share with staff; my staff and the programme’s admins see my attendance; a goal marked "only me" is shown to me alone. Whoever runs the computer that holds the data and its key could read all of it. Discord carries everything: it can store and read text, commands and forms, also replies that only I can see; it signs no health-privacy contract (BAA), so I send no medical records. The owner and administrators of this server can see every room.',
    calls,
    'I may leave at any time, by telling staff or with /agreement withdraw, which closes the rooms to me. Where I can, I come to a last session to say goodbye.',
    'If somebody breaks this agreement, staff talk with those concerned first, and may pause or end that person’s place in the group.',
  ],
  confirmation: 'I agree',
  allows: { 'talk-time': calls },
};
